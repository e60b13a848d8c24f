using System;

namespace Sim.Tests.Workloads;

/// <summary>P. J. Denning's working set: the pages among the last tau references.</summary>
internal static class WorkingSet
{
    /// <summary>Mean pages in the window, over the references after the first window.</summary>
    public static double MeanSize(ReadOnlySpan<uint> references, int pages, int window)
    {
        (long size, _) = Sums(references, pages, window);
        return size / (double)(references.Length - window);
    }

    /// <summary>References from one fault to the next, when a page that has left the window faults.</summary>
    public static double Lifetime(ReadOnlySpan<uint> references, int pages, int window)
    {
        (_, long faults) = Sums(references, pages, window);
        return (references.Length - window) / (double)faults;
    }

    private static (long Size, long Faults) Sums(ReadOnlySpan<uint> references, int pages, int window)
    {
        var counts = new int[pages];
        long size = 0, total = 0, faults = 0;
        for (int i = 0; i < references.Length; i++)
        {
            bool isFault = counts[references[i]] == 0;
            if (counts[references[i]]++ == 0) size++;
            if (i >= window)
            {
                if (isFault) faults++;
                if (--counts[references[i - window]] == 0) size--;
                total += size;
            }
        }
        return (total, faults);
    }
}
