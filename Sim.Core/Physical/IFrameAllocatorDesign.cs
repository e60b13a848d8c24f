using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>The design of a machine's frame allocators, of which every zone has one: the policy point frame-allocator.</summary>
public interface IFrameAllocatorDesign
{
    /// <summary>Whether each CPU keeps frames to itself.</summary>
    bool HasPerCpuLists { get; }

    /// <summary>Whether frames are grouped by migrate type.</summary>
    bool GroupsByType { get; }

    /// <summary>Whether pages are moved aside for large blocks. Only buddies can.</summary>
    bool Compacts { get; }

    /// <summary>The allocator of a zone: frames [first, first + count), all free, the first a multiple of 1024. Costs nothing for frames that are never used.</summary>
    IFrameAllocator ForZone(FrameArray<Frame> frames, PageBlocks blocks, int first, int count);
}
