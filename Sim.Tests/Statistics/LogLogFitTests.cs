using System;
using Shouldly;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Statistics;

public sealed class LogLogFitTests
{
    [Fact]
    public void AnExactPowerLawIsFoundExactly()
    {
        var fit = LogLogFit.Of([1, 2, 4, 8, 16], [3, 12, 48, 192, 768]);

        fit.Exponent.ShouldBe(2, 1e-12);
        fit.Coefficient.ShouldBe(3, 1e-12);
        fit.RSquared.ShouldBe(1, 1e-12);
        fit.At(3).ShouldBe(27, 1e-10);
    }

    /// <summary>In logarithms to base e the points (0,0) (1,1) (2,1): slope 1/2, intercept 1/6, R^2 3/4, slope error sqrt(1/12).</summary>
    [Fact]
    public void ScatteredPointsGiveTheLeastSquaresLine()
    {
        var fit = LogLogFit.Of([1, Math.E, Math.E * Math.E], [1, Math.E, Math.E]);

        fit.Exponent.ShouldBe(0.5, 1e-12);
        Math.Log(fit.Coefficient).ShouldBe(1.0 / 6, 1e-12);
        fit.RSquared.ShouldBe(0.75, 1e-12);
        fit.ExponentError.ShouldBe(Math.Sqrt(1.0 / 12), 1e-12);
    }

    [Fact]
    public void PointsWithoutALogarithmAreCountedNotHidden()
    {
        var fit = LogLogFit.Of([0, 1, 2, 4], [5, 1, 2, 0]);

        fit.Count.ShouldBe(2);
        fit.Skipped.ShouldBe(2);
        fit.Exponent.ShouldBe(1, 1e-12);
        fit.ExponentError.ShouldBe(double.NaN);
    }

    [Fact]
    public void OnePointHasNoSlope() => LogLogFit.Of([2], [2]).Exponent.ShouldBe(double.NaN);
}
