namespace Sim.Core.Physical;

/// <summary>
/// The free frames of one zone, and which of them a request gets. Around it the page allocator chooses the zone, keeps the watermarks and the
/// lists of each CPU. Blocks are 2^order frames and start at a multiple of that. What is free here belongs to nobody; what was taken is the caller's
/// until it comes back with the same order.
/// </summary>
public interface IFrameAllocator
{
    /// <summary>Frames that are free, or for an allocator that does not reuse, that can still be given.</summary>
    long FreeFrames { get; }

    /// <summary>Takes a block; -1 when there is none that large, or none that <paramref name="mayFragment"/> lets it take.</summary>
    /// <param name="order">log2 of its frames.</param>
    /// <param name="type">What the frames are for. An allocator that does not group by type ignores it.</param>
    /// <param name="mayFragment">Whether page blocks of another type may be broken into.</param>
    int TryAllocate(int order, MigrateType type, bool mayFragment);

    /// <summary>Gives a block back.</summary>
    void Free(int block, int order);

    /// <summary>Whether a block of an order, or a larger one, is free.</summary>
    bool HasBlock(int order);

    /// <summary>Free blocks of just this order.</summary>
    long FreeBlocks(int order, MigrateType type);

    /// <summary>Throws <see cref="System.InvalidOperationException"/> with values when the books do not agree.</summary>
    void CheckInvariants();
}
