using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>How many pages copy-on-write copies, and when a fork had better have copied all of them.</summary>
public static class CopyOnWriteCost
{
    /// <summary>
    /// Expected copies after k writes, each to a page drawn uniformly from N that are shared: N (1 - (1 - 1/N)^k), the number of
    /// distinct pages drawn. It counts the writes of both owners: when one has copied a page, the other's write copies nothing.
    /// (W. Feller, "An Introduction to Probability Theory and Its Applications" I, 3rd ed. 1968, II.5, occupancy.)
    /// </summary>
    public static double ExpectedCopies(long sharedPages, long writes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sharedPages, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(writes);
        return sharedPages * (1 - Math.Pow(1 - 1.0 / sharedPages, writes));
    }

    /// <summary>
    /// The fraction of pages dirtied at which copy-on-write costs what an eager copy does:
    /// N c_pte + f N (c_copy + c_fault + c_shootdown) = N c_copy. Above one, copy-on-write always wins; below zero, never.
    /// </summary>
    public static double BreakEvenFraction(double copy, double tableEntry, double fault, double shootdown) =>
        (copy - tableEntry) / (copy + fault + shootdown);

    /// <summary>
    /// Last-level tables that a fork must touch, ceil(N / entries), where it shares them instead of their entries.
    /// K. Zhao, S. Gong, P. Fonseca, "On-demand-fork", EuroSys 2021.
    /// </summary>
    public static long SharedTables(long pages, int entriesPerTable = 512) => (pages + entriesPerTable - 1) / entriesPerTable;
}
