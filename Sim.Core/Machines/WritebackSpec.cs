using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>When dirty pages of files are written back of their own accord.</summary>
/// <param name="Interval">Time between two looks: vm.dirty_writeback_centisecs.</param>
/// <param name="Expire">How long a file may have been dirty before all its dirty pages are written: vm.dirty_expire_centisecs.</param>
public sealed record WritebackSpec(SimTime Interval, SimTime Expire)
{
    /// <summary>Linux's own.</summary>
    public static WritebackSpec Linux { get; } = new(SimTime.FromSeconds(5), SimTime.FromSeconds(30));
}
