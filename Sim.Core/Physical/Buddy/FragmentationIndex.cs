using System;

namespace Sim.Core.Physical.Buddy;

/// <summary>
/// How broken up the free memory of a zone is, in thousandths as Linux computes it. M. Gorman, A. Whitcroft, "The what, the why and the where to of
/// anti-fragmentation", OLS 2006; mm/vmstat.c.
/// </summary>
public static class FragmentationIndex
{
    /// <summary>vm.extfrag_threshold: up to here a failure is put down to want of memory, and compaction is not tried.</summary>
    public const int Threshold = 500;

    /// <summary>What an allocation that would not fail has.</summary>
    public const int WouldSucceed = -1000;

    /// <summary>__fragmentation_index: towards 1000 a request of an order fails for fragmentation, towards 0 for want of memory.</summary>
    /// <param name="freeBlocks">Free blocks by order.</param>
    /// <param name="order">The order.</param>
    public static int Of(ReadOnlySpan<long> freeBlocks, int order)
    {
        long blocks = 0, frames = 0, suitable = 0;
        for (int k = 0; k < freeBlocks.Length; k++)
        {
            blocks += freeBlocks[k];
            frames += freeBlocks[k] << k;
            if (k >= order) suitable += freeBlocks[k];
        }
        if (blocks == 0) return 0;
        if (suitable > 0) return WouldSucceed;
        return (int)(1000 - (1000 + frames * 1000 / (1L << order)) / blocks);
    }

    /// <summary>unusable_free_index: thousandths of free memory that are of no use to a request of an order.</summary>
    /// <param name="freeBlocks">Free blocks by order.</param>
    /// <param name="order">The order.</param>
    public static int Unusable(ReadOnlySpan<long> freeBlocks, int order)
    {
        long frames = 0, usable = 0;
        for (int k = 0; k < freeBlocks.Length; k++)
        {
            frames += freeBlocks[k] << k;
            if (k >= order) usable += freeBlocks[k] << k;
        }
        return frames == 0 ? 0 : (int)((frames - usable) * 1000 / frames);
    }
}
