using System;
using Shouldly;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Statistics;

public sealed class ConfidenceIntervalTests
{
    /// <summary>The printed table of two-sided critical values, to the digits it is printed with.</summary>
    [Theory]
    [InlineData(0.95, 1, 12.7062)]
    [InlineData(0.95, 2, 4.3027)]
    [InlineData(0.95, 3, 3.1824)]
    [InlineData(0.95, 4, 2.7764)]
    [InlineData(0.95, 9, 2.2622)]
    [InlineData(0.95, 29, 2.0452)]
    [InlineData(0.95, 120, 1.9799)]
    [InlineData(0.90, 5, 2.0150)]
    [InlineData(0.99, 10, 3.1693)]
    [InlineData(0.999, 3, 12.9240)]
    [InlineData(0.9999, 1, 6366.1977)]
    [InlineData(0.9999, 2, 99.9925)]
    public void TheQuantilesAreThoseOfTheTable(double level, int degreesOfFreedom, double expected) =>
        StudentT.TwoSidedQuantile(level, degreesOfFreedom).ShouldBe(expected, 5e-5 * Math.Max(1, expected / 100));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void TheTailBeyondAQuantileIsWhatItsLevelLeaves(int degreesOfFreedom) =>
        StudentT.TwoSidedTail(StudentT.TwoSidedQuantile(0.98, degreesOfFreedom), degreesOfFreedom).ShouldBe(0.02, 1e-10);

    /// <summary>1.20 1.50 1.68 1.89 0.95 1.49 1.58 1.55 0.50 1.09: mean 1.343, variance 0.1675, at 90 % 1.34 +- 0.24.</summary>
    [Fact]
    public void TenReplicationsGiveTheIntervalWorkedByHand()
    {
        var interval = ConfidenceInterval.Of([1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09], 0.90);

        interval.Mean.ShouldBe(1.343, 1e-12);
        interval.HalfWidth.ShouldBe(1.8331 * Math.Sqrt(0.167512 / 10), 1e-4);
        interval.Count.ShouldBe(10);
        interval.Contains(1.5).ShouldBeTrue();
        interval.Contains(1.6).ShouldBeFalse();
    }

    [Fact]
    public void OneReplicationHasAMeanAndNoHalfWidth()
    {
        var interval = ConfidenceInterval.Of([3.5]);

        interval.Mean.ShouldBe(3.5);
        interval.HalfWidth.ShouldBe(double.NaN);
        interval.IsDefined.ShouldBeFalse();
        interval.Contains(3.5).ShouldBeFalse();
    }

    [Fact]
    public void NoReplicationHasNeitherMeanNorHalfWidth()
    {
        var interval = ConfidenceInterval.Of([]);

        interval.Mean.ShouldBe(double.NaN);
        interval.IsDefined.ShouldBeFalse();
        interval.Count.ShouldBe(0);
    }

    [Fact]
    public void AReplicationThatIsNotANumberLeavesTheIntervalUndefined() =>
        ConfidenceInterval.Of([1, double.NaN, 2]).IsDefined.ShouldBeFalse();

    [Fact]
    public void ALargeOffsetDoesNotEatTheVariance() =>
        ConfidenceInterval.Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).HalfWidth
            .ShouldBe(ConfidenceInterval.Of([4, 7, 13, 16]).HalfWidth, 1e-6);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void ALevelOutsideTheUnitIntervalIsRefused(double level) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ConfidenceInterval.Of([1, 2], level));
}
