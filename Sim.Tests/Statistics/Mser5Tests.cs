using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Statistics;

public sealed class Mser5Tests
{
    /// <summary>Small and regular, so that the tests need no random numbers: -1 and 1 in a batch-wise balanced order.</summary>
    private static double Ripple(int i) => ((i / Mser5.BatchSize) % 2 == 0 ? 0.1 : -0.1) + (i % 2 == 0 ? 0.3 : -0.3);

    [Fact]
    public void AStepIsCutWhereItEnds()
    {
        double[] series = [.. Enumerable.Range(0, 500).Select(i => (i < 60 ? 10 : 0) + Ripple(i))];

        var warmUp = Mser5.Of(series);

        warmUp.Batches.ShouldBeInRange(12, 13);
        warmUp.Observations.ShouldBe(warmUp.Batches * 5);
        warmUp.IsTrustworthy.ShouldBeTrue();
    }

    [Fact]
    public void AnExponentialTransientIsCutWhereItSinksIntoTheNoise()
    {
        double[] series = [.. Enumerable.Range(0, 2000).Select(i => 5 * Math.Exp(-i / 40.0) + Ripple(i))];

        var warmUp = Mser5.Of(series);

        warmUp.Observations.ShouldBeInRange(80, 300);
        warmUp.IsTrustworthy.ShouldBeTrue();
    }

    [Fact]
    public void ASteadySeriesLosesNothing()
    {
        var warmUp = Mser5.Of([.. Enumerable.Repeat(0.25, 200)]);

        warmUp.Batches.ShouldBe(0);
        warmUp.Statistic.ShouldBe(0);
        warmUp.IsTrustworthy.ShouldBeTrue();
    }

    [Fact]
    public void ASeriesThatSettlesOnlyInItsSecondHalfIsNotTrusted()
    {
        double[] series = [.. Enumerable.Range(0, 500).Select(i => (i < 400 ? 10 : 0) + Ripple(i))];

        var warmUp = Mser5.Of(series);

        warmUp.Batches.ShouldBeGreaterThan(50);
        warmUp.IsTrustworthy.ShouldBeFalse();
    }

    /// <summary>Of batches 0 1 0 1 ... each suffix of even length 2k has z = 1 / (8k): the whole series is the best.</summary>
    [Fact]
    public void TheStatisticIsTheSquaredStandardErrorOfTheRest()
    {
        double[] series = [.. Enumerable.Range(0, 100).Select(i => (double)(i / 5 % 2))];

        var warmUp = Mser5.Of(series);

        warmUp.Batches.ShouldBe(0);
        warmUp.Statistic.ShouldBe(20 * 0.25 / 400, 1e-15);
    }

    [Fact]
    public void TooShortASeriesIsNotTrusted()
    {
        Mser5.Of(new double[49]).IsTrustworthy.ShouldBeFalse();
        Mser5.Of([]).IsTrustworthy.ShouldBeFalse();
    }

    [Fact]
    public void ASeriesWithANaNIsNotTrusted()
    {
        double[] series = new double[200];
        series[17] = double.NaN;

        Mser5.Of(series).IsTrustworthy.ShouldBeFalse();
    }
}
