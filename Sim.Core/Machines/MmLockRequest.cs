using Sim.Core.Contracts;

namespace Sim.Core.Machines;

/// <summary>What a task asks of an address space's locks.</summary>
/// <param name="Mode">What is taken.</param>
/// <param name="First">The first page of the mapping that a fault is in, or of the range that a call changes.</param>
/// <param name="End">The page after the last; 0 where no mapping that is there is changed.</param>
/// <param name="NewPages">Pages of a mapping that a call adds; where they lie its result tells.</param>
internal readonly record struct MmLockRequest(MmLockMode Mode, ulong First = 0, ulong End = 0, ulong NewPages = 0)
{
    /// <summary>The request of a call that is done, and returned a page or an error.</summary>
    public MmLockRequest After(long result) => NewPages > 0 && result > 0 ? this with { First = (ulong)result, End = (ulong)result + NewPages } : this;

    /// <summary>Whether the range meets another one.</summary>
    public bool Meets(ulong first, ulong end) => First < end && first < End;
}
