using System;
using Sim.Lab.Execution;
using Sim.Workloads.Traces;

namespace Sim.Lab.Traces;

/// <summary>What a trace holds and how its references are spread, counted in one read. Memory grows with the pages, not with the references.</summary>
public sealed record TraceSummary
{
    /// <summary>References of the trace.</summary>
    public required long References { get; init; }

    /// <summary>Its different pages.</summary>
    public required int Pages { get; init; }

    /// <summary>The lowest page id.</summary>
    public required ulong LowestId { get; init; }

    /// <summary>The highest page id.</summary>
    public required ulong HighestId { get; init; }

    /// <summary>Share of the references that go to the most used hundredth of the pages, rounded up to whole pages.</summary>
    public required double MostUsedHundredth { get; init; }

    /// <summary>Share of the references that go to the most used tenth of the pages, rounded up to whole pages.</summary>
    public required double MostUsedTenth { get; init; }

    /// <summary>Share of the references whose page is that of the reference before.</summary>
    public required double Repeated { get; init; }

    /// <summary>Share of the references whose page id is one more than that of the reference before.</summary>
    public required double Sequential { get; init; }

    /// <summary>Pages that are referenced once only.</summary>
    public required int UsedOnce { get; init; }

    /// <summary>Reads a trace to its end.</summary>
    /// <exception cref="TraceFormatException">The trace is not whole.</exception>
    public static TraceSummary Of(NumberedTrace trace, TraceProgress? progress = null)
    {
        progress?.OnOpened(() => trace.Share, 1);
        var block = new uint[1 << 16];
        long[] uses = [];
        long references = 0, repeated = 0, sequential = 0;
        ulong? previous = null;
        for (int count = trace.Read(block); count > 0; count = trace.Read(block))
        {
            if (uses.Length < trace.Pages) Array.Resize(ref uses, (int)Math.Min(2L * trace.Pages, Array.MaxLength));
            ReadOnlySpan<ulong> ids = trace.Ids.Span;
            foreach (uint page in block.AsSpan(0, count))
            {
                uses[page]++;
                ulong id = ids[(int)page];
                if (id == previous) repeated++;
                else if (id > 0 && id - 1 == previous) sequential++;
                previous = id;
            }
            references += count;
            progress?.OnPassed(count);
            progress?.OnBlock(count);
        }
        Span<long> used = uses.AsSpan(0, trace.Pages);
        used.Sort();
        int once = used.IndexOfAnyExcept(1);
        ulong lowest = ulong.MaxValue, highest = 0;
        foreach (ulong id in trace.Ids.Span) (lowest, highest) = (Math.Min(lowest, id), Math.Max(highest, id));
        return new TraceSummary
        {
            References = references,
            Pages = trace.Pages,
            LowestId = lowest,
            HighestId = highest,
            MostUsedHundredth = OfLast(used, 100) / (double)references,
            MostUsedTenth = OfLast(used, 10) / (double)references,
            Repeated = repeated / (double)references,
            Sequential = sequential / (double)references,
            UsedOnce = once < 0 ? used.Length : once,
        };
    }

    /// <summary>References to the last one in so many pages, rounded up.</summary>
    private static long OfLast(ReadOnlySpan<long> used, int oneIn)
    {
        long sum = 0;
        foreach (long uses in used[^(((used.Length - 1) / oneIn) + 1)..]) sum += uses;
        return sum;
    }
}
