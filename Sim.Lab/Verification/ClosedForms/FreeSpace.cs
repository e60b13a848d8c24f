using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>How broken up free memory is. Free blocks are given by order: element k counts free blocks of 2^k pages.</summary>
public static class FreeSpace
{
    /// <summary>
    /// Knuth's fifty-percent rule: holes per allocated block = p / 2, with p the probability that a request finds no hole of exactly its
    /// size, in equilibrium and with neighbouring holes joined. D. E. Knuth, "The Art of Computer Programming" 1, section 2.5.
    /// </summary>
    public static double HolesPerBlock(double noExactFit) => noExactFit / 2;

    /// <summary>F, free pages.</summary>
    public static long Pages(ReadOnlySpan<long> freeBlocks) => PagesFrom(freeBlocks, 0);

    /// <summary>
    /// U_k = (F - sum over j >= k of 2^j f_j) / F: the part of free memory that is of no use to a request of order k. Zero where nothing
    /// is free, as in Linux. M. Gorman, A. Whitcroft, "The what, the why and the where to of anti-fragmentation", OLS 2006.
    /// </summary>
    public static double UnusableIndex(ReadOnlySpan<long> freeBlocks, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        long free = Pages(freeBlocks);
        return free == 0 ? 0 : (free - PagesFrom(freeBlocks, order)) / (double)free;
    }

    /// <summary>
    /// Why a request of order k fails: 1 - (1 + F / 2^k) / blocks, towards one by fragmentation, towards zero for want of memory. Null
    /// where it would not fail (Linux prints -1), zero where nothing is free. Linux, mm/vmstat.c, __fragmentation_index.
    /// </summary>
    public static double? FragmentationIndex(ReadOnlySpan<long> freeBlocks, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        long blocks = 0;
        foreach (long count in freeBlocks)
            blocks += count;
        if (blocks == 0)
            return 0;
        if (PagesFrom(freeBlocks, order) > 0)
            return null;
        return 1 - (1 + Pages(freeBlocks) / (double)(1L << order)) / blocks;
    }

    private static long PagesFrom(ReadOnlySpan<long> freeBlocks, int order)
    {
        long pages = 0;
        for (int k = order; k < freeBlocks.Length; k++)
            pages += freeBlocks[k] << k;
        return pages;
    }
}
