using Sim.Core.Contracts;

namespace Sim.Policies.Structures;

/// <summary>Options of the policies of context switches.</summary>
public sealed record LazyTlbOptions
{
    [Option("Whether idle CPUs and kernel threads go on with the address space that was loaded, instead of loading the kernel's own")]
    public bool LazyTlb { get; init; } = true;
}
