using Shouldly;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Statistics;

public sealed class SummaryTests
{
    [Fact]
    public void TheFiguresAreThoseOfTheSample()
    {
        var summary = Summary.Of([9, 2, 4, 4, 4, 5, 5, 7]);

        summary.Count.ShouldBe(8);
        summary.Mean.ShouldBe(5, 1e-12);
        summary.StandardDeviation.ShouldBe(2.1380899, 1e-7);
        summary.Minimum.ShouldBe(2);
        summary.Median.ShouldBe(4.5);
        summary.Maximum.ShouldBe(9);
    }

    /// <summary>R's quantile(c(1, 2, 3, 4)) gives 1.00 1.75 2.50 3.25 4.00.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.75, 3.25)]
    [InlineData(1, 4)]
    public void QuantilesInterpolateBetweenTheOrderStatistics(double fraction, double expected) =>
        Quantile.Of([4, 1, 3, 2], fraction).ShouldBe(expected);

    [Fact]
    public void NothingHasNoFigures()
    {
        var summary = Summary.Of([]);

        summary.Count.ShouldBe(0);
        summary.Mean.ShouldBe(double.NaN);
        summary.Median.ShouldBe(double.NaN);
    }

    [Fact]
    public void OneObservationHasNoSpread()
    {
        var summary = Summary.Of([6]);

        summary.Median.ShouldBe(6);
        summary.P99.ShouldBe(6);
        summary.StandardDeviation.ShouldBe(double.NaN);
    }

    [Fact]
    public void ANaNIsNotHidden()
    {
        var summary = Summary.Of([1, 2, double.NaN]);

        summary.Mean.ShouldBe(double.NaN);
        summary.Maximum.ShouldBe(double.NaN);
    }
}
