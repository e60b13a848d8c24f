using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>When dirty pages of files are written back of their own accord, and how many there may be. Shares are of the memory that is free or holds pages of files.</summary>
/// <param name="Interval">Time between two looks: vm.dirty_writeback_centisecs.</param>
/// <param name="Expire">How long a file may have been dirty before all its dirty pages are written: vm.dirty_expire_centisecs.</param>
public sealed record WritebackSpec(SimTime Interval, SimTime Expire)
{
    /// <summary>The share that may be dirty before pages are written whatever their age: vm.dirty_background_ratio.</summary>
    public double Background { get; init; } = 0.1;

    /// <summary>The share that may be dirty before who makes more dirty is held back: vm.dirty_ratio.</summary>
    public double Limit { get; init; } = 0.2;

    /// <summary>Linux's own.</summary>
    public static WritebackSpec Linux { get; } = new(SimTime.FromSeconds(5), SimTime.FromSeconds(30));
}
