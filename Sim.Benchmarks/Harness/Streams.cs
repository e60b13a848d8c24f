using System;
using Sim.Core.Engine;

namespace Sim.Benchmarks.Harness;

/// <summary>
/// The reference strings of the benchmarks. A checksum of the whole string holds each to the one that the targets were set on; a
/// shorter string is the beginning of the same.
/// </summary>
public static class Streams
{
    private const ulong PermutationSeed = 0x9E3779B97F4A7C15;
    private const ulong FnvBasis = 1469598103934665603;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Independent references, Zipf(1.0) over a million pages; popularity has nothing to do with the page number.</summary>
    public static ReferenceStream Zipf(int references)
    {
        const int PageCount = 1_000_000;
        const ulong Seed = 42;
        double[] cumulative = ZipfCumulative(PageCount, 1.0);
        uint[] pageOf = Permutation(PageCount, Seed ^ PermutationSeed);
        var random = new RandomStream(Seed);
        var pages = new uint[references];
        foreach (ref uint page in pages.AsSpan()) page = pageOf[Rank(cumulative, ref random)];
        Check(pages, 20_000_000, 0xA63BEB82678E9720);
        return new ReferenceStream($"{references / 1_000_000} M refs, Zipf(1.0) over 1 M pages", pages, PageCount + 1);
    }

    /// <summary>The LRU stack model: stack distances are independent, Zipf(1.2) over 200 000 pages. Most references are to pages just used.</summary>
    public static ReferenceStream StackDistance(int references)
    {
        const int PageCount = 200_000;
        double[] cumulative = ZipfCumulative(PageCount, 1.2);
        var random = new RandomStream(45);
        var stack = new RecencyStack(PageCount);
        var pages = new uint[references];
        foreach (ref uint page in pages.AsSpan()) page = stack.Touch(Rank(cumulative, ref random));
        Check(pages, 10_000_000, 0xC1C86CBBA9B1C7DE);
        return new ReferenceStream($"{references / 1_000_000} M refs, stack distances Zipf(1.2) over 200 k pages", pages, PageCount + 1);
    }

    private static double[] ZipfCumulative(int count, double exponent)
    {
        var cumulative = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) cumulative[i] = sum += Math.Pow(i + 1, -exponent);
        return cumulative;
    }

    /// <summary>The first rank, from 0, whose cumulative weight is above the draw.</summary>
    private static int Rank(double[] cumulative, ref RandomStream random)
    {
        double drawn = random.NextDouble() * cumulative[^1];
        int low = 0, high = cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (cumulative[middle] > drawn) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// <summary>Pages 1 to <paramref name="count"/> in an order drawn by Fisher and Yates' shuffle.</summary>
    private static uint[] Permutation(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var pages = new uint[count];
        for (int i = 0; i < count; i++) pages[i] = (uint)i + 1;
        for (int i = count - 1; i > 0; i--)
        {
            int other = (int)random.Below((ulong)i + 1);
            (pages[i], pages[other]) = (pages[other], pages[i]);
        }
        return pages;
    }

    private static void Check(uint[] pages, int wholeLength, ulong expected)
    {
        if (pages.Length != wholeLength) return;
        ulong hash = FnvBasis;
        foreach (uint page in pages) hash = (hash ^ page) * FnvPrime;
        if (hash != expected) throw new InvalidOperationException($"the stream's checksum is {hash:x}, not {expected:x}: this is another string");
    }
}
