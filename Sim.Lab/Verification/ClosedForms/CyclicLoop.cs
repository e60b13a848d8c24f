using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Miss ratios of the string 0 1 .. N-1 0 1 .. N-1 .. in C &lt; N frames, once the first round is over.
/// With C >= N nothing misses.
/// </summary>
public static class CyclicLoop
{
    /// <summary>LRU, FIFO, CLOCK and SIEVE throw out each page just before its turn: every reference misses.</summary>
    public static double Lru(int pages, int frames) => Fits(pages, frames) ? 0 : 1;

    /// <summary>
    /// OPT, and MRU, which does the same here: (N - C) / (N - 1). A miss evicts the page that was used last, so C - 1
    /// hits follow each N - C misses (L. A. Belady, IBM Systems Journal 5(2), 1966, for the policy).
    /// </summary>
    public static double Opt(int pages, int frames)
    {
        if (frames == 0)
            return 1;
        return Fits(pages, frames) ? 0 : (double)(pages - frames) / (pages - 1);
    }

    /// <summary>
    /// RANDOM. With C = N - 1 exactly 2 / N: one page is absent, its successor in that role is uniform over the N - 1
    /// others, so misses are N / 2 apart on average. Otherwise the positive root of
    /// <code>m = 1 - (1 - 1/C)^(m (N - 1)),</code>
    /// a page having to survive m (N - 1) evictions between its references. That takes the evictions for independent of the page:
    /// half a percent off at 60 frames for 100 pages, useless for a handful of frames.
    /// </summary>
    public static double Random(int pages, int frames)
    {
        if (frames == 0)
            return 1;
        if (Fits(pages, frames))
            return 0;
        if (frames == pages - 1)
            return 2.0 / pages;
        if (frames == 1)
            return 1;

        // From above: the right side is increasing and concave, so the iterates fall to the positive root and cannot pass it.
        double exponent = (pages - 1) * Math.Log(1 - 1.0 / frames);
        double miss = 1, previous;
        do
        {
            previous = miss;
            miss = 1 - Math.Exp(exponent * miss);
        }
        while (previous - miss > 1e-15);
        return miss;
    }

    private static bool Fits(int pages, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pages, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        return frames >= pages;
    }
}
