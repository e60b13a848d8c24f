using System;
using System.IO;
using Shouldly;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Parquet;

public sealed class StatisticsTests
{
    [Fact]
    public void NansAreNoBounds() =>
        Statistics(Table.Of("x", false, double.NaN, 2.0, double.NegativeInfinity, double.NaN))
            .ShouldBe(new ColumnStatistics(0, double.NegativeInfinity, 2.0));

    [Fact]
    public void OnlyNansHaveNoBounds() =>
        Statistics(Table.Of<double?>("x", true, double.NaN, null, double.NaN)).ShouldBe(new ColumnStatistics(1, null, null));

    [Fact]
    public void AZeroBoundIsNegativeBelowAndPositiveAbove()
    {
        foreach (double zero in new[] { 0.0, -0.0 })
        {
            byte[] file = Table.Of("x", false, zero).Write();
            byte[] bounds = [8, .. BitConverter.GetBytes(0.0), 0x18, 8, .. BitConverter.GetBytes(-0.0)];
            file.AsSpan().IndexOf(bounds).ShouldBePositive("the footer has the maximum, then the minimum");
            Statistics(Table.Of("x", false, zero)).ShouldBe(new ColumnStatistics(0, -0.0, 0.0));
        }
    }

    [Fact]
    public void TheFirstNanDoesNotHideWhatFollows() =>
        Statistics(Table.Of("x", false, double.NaN, 3.0, 1.0)).ShouldBe(new ColumnStatistics(0, 1.0, 3.0));

    [Fact]
    public void NullsAreCounted() => Statistics(Table.Of<int?>("x", true, null, 4, null)).ShouldBe(new ColumnStatistics(2, 4, 4));

    [Fact]
    public void BooleansAreBounded()
    {
        Statistics(Table.Of("x", false, true, false)).ShouldBe(new ColumnStatistics(0, false, true));
        Statistics(Table.Of("x", false, true, true)).ShouldBe(new ColumnStatistics(0, true, true));
    }

    [Fact]
    public void Int64BoundsAreExact() =>
        Statistics(Table.Of("x", false, long.MaxValue, long.MinValue)).ShouldBe(new ColumnStatistics(0, long.MinValue, long.MaxValue));

    [Fact]
    public void TextIsOrderedByItsUtf8BytesNotByItsUtf16Units() =>
        Statistics(Table.Of("x", false, "\uFF5E", "😀", "z")).ShouldBe(new ColumnStatistics(0, "z", "😀"));

    [Fact]
    public void APrefixIsSmallerThanTheWhole() =>
        Statistics(Table.Of("x", false, "ab", "a", "abc")).ShouldBe(new ColumnStatistics(0, "a", "abc"));

    [Fact]
    public void LongTextIsNoBound() =>
        Statistics(Table.Of("x", false, "a", new string('b', 65))).ShouldBe(new ColumnStatistics(0, null, null));

    [Fact]
    public void EachRowGroupHasItsOwn()
    {
        byte[] file = Table.Of("x", false, 1, 2, 3, 4).Write(new ParquetWriterOptions { RowGroupRows = 3 });
        ParquetReader reader = ParquetReader.Open(new MemoryStream(file));
        reader.Statistics(0, 0).ShouldBe(new ColumnStatistics(0, 1, 3));
        reader.Statistics(1, 0).ShouldBe(new ColumnStatistics(0, 4, 4));
    }

    private static ColumnStatistics Statistics(Table table) => ParquetReader.Open(new MemoryStream(table.Write())).Statistics(0, 0);
}
