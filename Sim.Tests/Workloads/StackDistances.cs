using System;
using System.Collections.Generic;

namespace Sim.Tests.Workloads;

/// <summary>LRU stack distances by searching a list: slow, and simple enough to be believed.</summary>
internal static class StackDistances
{
    /// <summary>How many references have each distance; element 0 counts first references.</summary>
    public static long[] Histogram(ReadOnlySpan<uint> references, int pages, int skip = 0)
    {
        var counts = new long[pages + 1];
        var stack = new List<uint>(pages); // the most recent last
        for (int i = 0; i < references.Length; i++)
        {
            int place = stack.LastIndexOf(references[i]);
            if (i >= skip) counts[place < 0 ? 0 : stack.Count - place]++;
            if (place >= 0) stack.RemoveAt(place);
            stack.Add(references[i]);
        }
        return counts;
    }

    /// <summary>Misses of LRU by frames, from 0 frames on.</summary>
    public static long[] Misses(ReadOnlySpan<long> histogram)
    {
        var misses = new long[histogram.Length];
        foreach (long count in histogram) misses[0] += count;
        for (int frames = 1; frames < misses.Length; frames++) misses[frames] = misses[frames - 1] - histogram[frames];
        return misses;
    }
}
