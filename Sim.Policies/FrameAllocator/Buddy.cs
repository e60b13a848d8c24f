using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Policies.FrameAllocator;

/// <summary>
/// Binary buddies in every zone, with lists of free frames for each CPU, page blocks grouped by migrate type, and compaction. Each of these can be left out.
/// <para>K. C. Knowlton, "A fast storage allocator", CACM 8(10), 1965; M. Gorman, A. Whitcroft, "The what, the why and the where to of
/// anti-fragmentation", OLS 2006. The allocator itself is Sim.Core's, where its deviations from Linux 6.18 are marked.</para>
/// </summary>
[Paper("Blocks of 2^k frames split and join with their buddies; lists of each CPU, page blocks grouped by migrate type, compaction.",
    "K. C. Knowlton, A fast storage allocator, CACM 8(10), 1965; M. Gorman, A. Whitcroft, The what, the why and the where to of anti-fragmentation, OLS 2006")]
public sealed class Buddy : IFrameAllocatorDesign, IPolicy<Buddy, BuddyOptions>
{
    private readonly BuddyDesign _design;

    private Buddy(BuddyOptions options) => _design = new BuddyDesign(options.PerCpuLists, options.MigrateTypes, options.Compaction);

    public static string Name => "frame-allocator/buddy";

    public bool HasPerCpuLists => _design.HasPerCpuLists;

    public bool GroupsByType => _design.GroupsByType;

    public bool Compacts => _design.Compacts;

    public static Buddy Create(BuddyOptions options, PolicyContext context) => new(options);

    public IFrameAllocator ForZone(FrameArray<Frame> frames, PageBlocks blocks, int first, int count) => _design.ForZone(frames, blocks, first, count);
}

/// <summary>Options of <see cref="Buddy"/>.</summary>
public sealed record BuddyOptions
{
    /// <summary>As in Linux.</summary>
    [Option("Whether each CPU keeps lists of free frames of its own")]
    public bool PerCpuLists { get; init; } = true;

    /// <summary>As in Linux.</summary>
    [Option("Whether page blocks of 2 MiB are kept for frames of one migrate type")]
    public bool MigrateTypes { get; init; } = true;

    /// <summary>As in Linux.</summary>
    [Option("Whether pages are moved aside when no block is large enough")]
    public bool Compaction { get; init; } = true;
}
