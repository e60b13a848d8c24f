using System;
using Shouldly;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Statistics;

public sealed class PairedComparisonTests
{
    /// <summary>
    /// Student's own example (Biometrika 6(1), 1908): extra hours of sleep under two soporifics, ten patients.
    /// Mean difference 1.58, t = 4.0621 with 9 degrees of freedom, p = 0.00283, 95 % interval 0.70 to 2.46.
    /// </summary>
    [Fact]
    public void StudentsSleepDataGiveStudentsAnswer()
    {
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];

        var comparison = PairedComparison.Of(second, first);

        comparison.Difference.Mean.ShouldBe(1.58, 1e-12);
        comparison.TStatistic.ShouldBe(4.0621, 5e-5);
        comparison.PValue.ShouldBe(0.002833, 5e-7);
        comparison.Difference.Low.ShouldBe(0.7001, 1e-4);
        comparison.Difference.High.ShouldBe(2.4599, 1e-4);
        comparison.IsSignificant.ShouldBeTrue();
        comparison.VarianceRatio.ShouldBeLessThan(1);
    }

    [Fact]
    public void SwappingTheTwoTurnsTheSignAndNothingElse()
    {
        double[] a = [1, 4, 2, 8], b = [2, 3, 5, 7];
        PairedComparison forward = PairedComparison.Of(a, b), backward = PairedComparison.Of(b, a);

        backward.TStatistic.ShouldBe(-forward.TStatistic, 1e-12);
        backward.PValue.ShouldBe(forward.PValue, 1e-12);
        backward.Difference.HalfWidth.ShouldBe(forward.Difference.HalfWidth, 1e-12);
    }

    [Fact]
    public void TwoThatNeverDifferAreNotSignificant()
    {
        var comparison = PairedComparison.Of([1, 2, 3], [1, 2, 3]);

        comparison.PValue.ShouldBe(1, 1e-12);
        comparison.IsSignificant.ShouldBeFalse();
    }

    [Fact]
    public void AConstantDifferenceIsCertain()
    {
        var comparison = PairedComparison.Of([2, 3, 4], [1, 2, 3]);

        comparison.PValue.ShouldBe(0);
        comparison.IsSignificant.ShouldBeTrue();
    }

    [Fact]
    public void OnePairDecidesNothing()
    {
        var comparison = PairedComparison.Of([2], [1]);

        comparison.Difference.Mean.ShouldBe(1);
        comparison.PValue.ShouldBe(double.NaN);
        comparison.IsSignificant.ShouldBeFalse();
    }

    [Fact]
    public void UnequalCountsAreRefused() =>
        Should.Throw<ArgumentException>(() => PairedComparison.Of([1, 2], [1])).Message.ShouldContain("2 and 1");
}
