using Sim.Core.Units;

namespace Sim.Core.Engine;

/// <summary>Something that happens at a point in simulated time. Plain data: what it means lies with whoever scheduled it.</summary>
/// <param name="Time">When.</param>
/// <param name="Sequence">Order of scheduling, never reissued: equal times happen first come, first served.</param>
/// <param name="Kind">What, as the machine numbers it.</param>
/// <param name="Argument">To whom or what: an index whose meaning the kind gives.</param>
public readonly record struct Event(SimTime Time, ulong Sequence, int Kind, int Argument)
{
    /// <summary>Whether this event happens before <paramref name="other"/>.</summary>
    public bool IsBefore(in Event other) => Time < other.Time || (Time == other.Time && Sequence < other.Sequence);
}
