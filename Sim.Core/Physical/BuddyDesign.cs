using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>Buddies in every zone, as in Linux.</summary>
/// <param name="HasPerCpuLists">Whether each CPU keeps frames to itself.</param>
/// <param name="GroupsByType">Whether frames are grouped by migrate type.</param>
/// <param name="Compacts">Whether pages are moved aside for large blocks.</param>
public sealed record BuddyDesign(bool HasPerCpuLists = true, bool GroupsByType = true, bool Compacts = true) : IFrameAllocatorDesign
{
    /// <summary>With everything that Linux has.</summary>
    public static BuddyDesign Default { get; } = new();

    public IFrameAllocator ForZone(FrameArray<Frame> frames, PageBlocks blocks, int first, int count) => new BuddyAllocator(frames, blocks, first, count);
}
