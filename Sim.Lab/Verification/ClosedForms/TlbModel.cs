using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// How often a translation look-aside buffer misses.
/// J. L. Hennessy, D. A. Patterson, "Computer Architecture: A Quantitative Approach", appendix B.
/// </summary>
public static class TlbModel
{
    /// <summary>
    /// The steady miss ratio of a loop over consecutive pages under LRU in each set. A set holds all of its pages or
    /// none in time: the ratio is the part of the pages in sets that have more than their ways. With one set it is all or nothing.
    /// </summary>
    public static double CyclicMissRatio(int sets, int ways, long pages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sets, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ways, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pages, 1);
        (long each, long fuller) = Math.DivRem(pages, sets);
        long missing = (each > ways ? (sets - fuller) * each : 0) + (each + 1 > ways ? fuller * (each + 1) : 0);
        return missing / (double)pages;
    }
}
