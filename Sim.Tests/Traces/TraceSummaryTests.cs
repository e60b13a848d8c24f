using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab.Traces;
using Sim.Tests.Workloads;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Traces;

/// <summary>What a summary counts, against counts by hand and against sorting the whole string.</summary>
public sealed class TraceSummaryTests
{
    [Fact]
    public void AShortStringCountedByHand()
    {
        TraceSummary summary = Of([5, 5, 6, 7, 5, 100, 5, 99]);
        summary.ShouldBe(new TraceSummary
        {
            References = 8,
            Pages = 5,
            LowestId = 5,
            HighestId = 100,
            MostUsedHundredth = 4 / 8.0,
            MostUsedTenth = 4 / 8.0,
            Repeated = 1 / 8.0,
            Sequential = 2 / 8.0,
            UsedOnce = 4,
        });
    }

    [Fact]
    public void TheFirstPageDoesNotFollowTheLast() => Of([ulong.MaxValue, 0, 1]).Sequential.ShouldBe(1 / 3.0);

    [Fact]
    public void PagesOfWhichNoneIsUsedOnce() => Of([3, 4, 3, 4]).UsedOnce.ShouldBe(0);

    [Fact]
    public void ALongStringIsCountedAcrossBlocks()
    {
        var random = new Random(11);
        ulong page = 0;
        ulong[] ids = [.. Enumerable.Range(0, 200_000).Select(_ => page = random.Next(4) switch
        {
            0 => page,
            1 => page + 1,
            _ => (ulong)(Math.Pow(random.NextDouble(), 4) * 50_000),
        })];
        long[] uses = [.. ids.CountBy(id => id).Select(pair => (long)pair.Value).OrderDescending()];
        TraceSummary summary = Of(ids);
        summary.ShouldBe(new TraceSummary
        {
            References = ids.Length,
            Pages = uses.Length,
            LowestId = ids.Min(),
            HighestId = ids.Max(),
            MostUsedHundredth = uses.Take((uses.Length + 99) / 100).Sum() / 200_000.0,
            MostUsedTenth = uses.Take((uses.Length + 9) / 10).Sum() / 200_000.0,
            Repeated = ids.Zip(ids.Skip(1)).Count(pair => pair.First == pair.Second) / 200_000.0,
            Sequential = ids.Zip(ids.Skip(1)).Count(pair => pair.First + 1 == pair.Second) / 200_000.0,
            UsedOnce = uses.Count(count => count == 1),
        });
        summary.UsedOnce.ShouldBeGreaterThan(1000);
    }

    private static TraceSummary Of(ulong[] ids)
    {
        using var trace = new NumberedTrace(TraceFile.Open(new MemoryStream(TraceForms.Of(TraceFormat.U64, ids)), "t", new TraceOptions(TraceFormat.U64)));
        return TraceSummary.Of(trace);
    }
}
