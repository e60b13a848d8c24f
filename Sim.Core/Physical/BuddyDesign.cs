using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>Buddies in every zone, as in Linux.</summary>
public sealed record BuddyDesign(bool HasPerCpuLists, bool GroupsByType) : IFrameAllocatorDesign
{
    /// <summary>With everything that Linux has.</summary>
    public static BuddyDesign Default { get; } = new(HasPerCpuLists: true, GroupsByType: true);

    public IFrameAllocator ForZone(FrameArray<Frame> frames, PageBlocks blocks, int first, int count) => new BuddyAllocator(frames, blocks, first, count);
}
