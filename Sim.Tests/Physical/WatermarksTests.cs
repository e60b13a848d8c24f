using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Physical;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Are watermarks, reserves and the sizes of CPU lists those that a real kernel shows for its zones?</summary>
public sealed class WatermarksTests
{
    private const long RecordedMinFree = 67_584;
    private const int RecordedCpus = 2;

    [Fact]
    public void WithMinFreeGivenTheMarksAreTheRecordedOnes()
    {
        IReadOnlyList<Watermarks> marks = Watermarks.Of(ZoneInfo.Managed, RecordedMinFree);
        marks.Select(mark => mark.Min).ShouldBe(ZoneInfo.All("min"));
        marks.Select(mark => mark.Low).ShouldBe(ZoneInfo.All("low"));
        marks.Select(mark => mark.High).ShouldBe(ZoneInfo.All("high"));
        marks.Select(mark => mark.Promo).ShouldBe(ZoneInfo.All("promo"));
    }

    [Fact]
    public void KhugepagedRaisesMinFreeToTheRecordedValue() => Watermarks.RaisedByKhugepaged(ZoneInfo.Managed).ShouldBe(RecordedMinFree);

    [Fact]
    public void TheReservesAreTheRecordedProtection() => Watermarks.LowmemReserves(ZoneInfo.Managed).ShouldBe(ZoneInfo.Protection);

    [Fact]
    public void TheListsOfCpusHaveTheRecordedSizes()
    {
        // DMA, DMA32, Normal: the other two have no lists.
        IReadOnlyList<long> low = ZoneInfo.All("low");
        PageSetSize[] sizes = [.. ZoneInfo.Managed.Zip(low).Take(3).Select(zone => PageSetSize.Of(zone.First, zone.Second, RecordedCpus))];
        sizes.Select(size => (long)size.Batch).ShouldBe(ZoneInfo.All("batch").Take(3));
        sizes.Select(size => (long)size.HighMinimum).ShouldBe(ZoneInfo.All("high_min").Take(3));
        sizes.Select(size => (long)size.HighMaximum).ShouldBe(ZoneInfo.All("high_max").Take(3));
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
