using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Statistics;

public sealed class BatchMeansTests
{
    /// <summary>Batches 1 2 | 3 4 | 5 6 have the means 1.5, 3.5, 5.5: mean 3.5, s = 2, half-width 4.3027 * 2 / sqrt 3.</summary>
    [Fact]
    public void TheIntervalIsThatOfTheMeans()
    {
        var result = BatchMeans.Of([1, 2, 3, 4, 5, 6], batches: 3);

        result.BatchSize.ShouldBe(2);
        result.Interval.Mean.ShouldBe(3.5);
        result.Interval.HalfWidth.ShouldBe(4.302653 * 2 / Math.Sqrt(3), 1e-5);
    }

    [Fact]
    public void TheRemainderIsDroppedFromTheFront() =>
        BatchMeans.Of([100, 1, 2, 3, 4, 5, 6], batches: 3).Interval.Mean.ShouldBe(3.5);

    [Fact]
    public void ATrendIsRecognisedAsCorrelation()
    {
        double[] series = [.. Enumerable.Range(0, 400).Select(i => (double)i)];

        var result = BatchMeans.Of(series);

        result.LagOneCorrelation.ShouldBeGreaterThan(0.8);
        result.AreIndependent.ShouldBeFalse();
    }

    [Fact]
    public void IndependentDrawsPassForIndependent()
    {
        var random = new Random(7);
        double[] series = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble())];

        var result = BatchMeans.Of(series);

        result.AreIndependent.ShouldBeTrue();
        result.Interval.Contains(0.5).ShouldBeTrue();
    }

    [Fact]
    public void FewerObservationsThanBatchesGiveNoInterval()
    {
        var result = BatchMeans.Of([1, 2, 3]);

        result.Interval.IsDefined.ShouldBeFalse();
        result.AreIndependent.ShouldBeFalse();
    }
}
