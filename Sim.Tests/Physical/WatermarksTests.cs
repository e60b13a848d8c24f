using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Physical;
using Sim.Lab.Verification;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Are watermarks, reserves and the sizes of CPU lists those that a real kernel shows for its zones?</summary>
public sealed class WatermarksTests
{
    private const long RecordedMinFree = 67_584;
    private const int RecordedCpus = 2;
    private static readonly RecordedZones _recorded = new(Path.Combine(RecordedData.Find()!.Proc, "zoneinfo.txt"));

    [Fact]
    public void WithMinFreeGivenTheMarksAreTheRecordedOnes()
    {
        IReadOnlyList<Watermarks> marks = Watermarks.Of(_recorded.Managed, RecordedMinFree);
        marks.Select(mark => mark.Min).ShouldBe(_recorded.All("min"));
        marks.Select(mark => mark.Low).ShouldBe(_recorded.All("low"));
        marks.Select(mark => mark.High).ShouldBe(_recorded.All("high"));
        marks.Select(mark => mark.Promo).ShouldBe(_recorded.All("promo"));
    }

    [Fact]
    public void KhugepagedRaisesMinFreeToTheRecordedValue() => Watermarks.RaisedByKhugepaged(_recorded.Managed).ShouldBe(RecordedMinFree);

    [Fact]
    public void TheReservesAreTheRecordedProtection() => Watermarks.LowmemReserves(_recorded.Managed).ShouldBe(_recorded.Protection);

    [Fact]
    public void TheListsOfCpusHaveTheRecordedSizes()
    {
        // DMA, DMA32, Normal: the other two have no lists.
        IReadOnlyList<long> low = _recorded.All("low");
        PageSetSize[] sizes = [.. _recorded.Managed.Zip(low).Take(3).Select(zone => PageSetSize.Of(zone.First, zone.Second, RecordedCpus))];
        sizes.Select(size => (long)size.Batch).ShouldBe(_recorded.All("batch").Take(3));
        sizes.Select(size => (long)size.HighMinimum).ShouldBe(_recorded.All("high_min").Take(3));
        sizes.Select(size => (long)size.HighMaximum).ShouldBe(_recorded.All("high_max").Take(3));
    }

    [Theory]
    // floor(sqrt(16 * KiB)) between the bounds, by hand.
    [InlineData(256, 128)]
    [InlineData(16_384, 1024)]
    [InlineData(262_144, 4096)]
    [InlineData(3_267_125, 14_460)]
    [InlineData(1L << 34, 262_144)]
    public void MinFreeIsTheSquareRootOfSixteenTimesMemory(long frames, long kibibytes) =>
        Watermarks.SquareRootRule([0, frames, 0, 0, 0]).ShouldBe(kibibytes);

    [Fact]
    public void KhugepagedTakesNoMoreThanATwentiethOfMemory()
    {
        // 100,000 frames: the rule gives 2529 KiB, 632 frames; high = 632 + 2 * 158; (100,000 - 948) / 20 = 4952 frames, less than 11 * 512.
        Watermarks.RaisedByKhugepaged([0, 100_000, 0, 0, 0]).ShouldBe(4952 * 4);
    }
}
