using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// What a translation look-aside buffer covers and what its misses cost.
/// J. L. Hennessy, D. A. Patterson, "Computer Architecture: A Quantitative Approach", appendix B.
/// </summary>
public static class TlbModel
{
    /// <summary>Bytes translated without a walk.</summary>
    public static long Reach(long entries, long pageSize) => entries * pageSize;

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

    /// <summary>
    /// Table entries read by a walk: levels - sum of k Pr[the deepest walk cache to hit skips k levels].
    /// T. W. Barr, A. L. Cox, S. Rixner, "Translation caching: skip, don't walk (the page table)", ISCA 2010.
    /// </summary>
    /// <param name="skips">Element k - 1 is the probability that exactly k levels are skipped; what is left to one skips none.</param>
    public static double WalkReferences(int levels, ReadOnlySpan<double> skips)
    {
        if (skips.Length >= levels)
            throw new ArgumentException($"A walk of {levels} levels cannot skip {skips.Length} and still read the last one.");
        double references = levels;
        for (int k = 1; k <= skips.Length; k++)
            references -= k * skips[k - 1];
        return references;
    }

    /// <summary>
    /// h t + (1 - h) (t + walk) + f fault: the mean time to translate, faults included; the access to the data itself is not.
    /// </summary>
    /// <param name="faultRatio">f, page faults a reference.</param>
    public static double EffectiveAccessTime(double hitRatio, double lookup, double walk, double faultRatio = 0, double fault = 0) =>
        hitRatio * lookup + (1 - hitRatio) * (lookup + walk) + faultRatio * fault;
}
