using System.Linq;
using Shouldly;
using Sim.Lab.Results;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>Replications into means and intervals.</summary>
public sealed class AggregationTests
{
    [Fact]
    public void FiveReplicationsByHand()
    {
        // Mean 10, s = sqrt(10/4), t(0.975, 4) = 2.776445; half-width = 2.776445 sqrt(2.5/5) = 1.963243.
        ConfidenceInterval interval = Point(8, 9, 10, 11, 12).Metric("fault_rate");
        interval.Mean.ShouldBe(10);
        interval.HalfWidth.ShouldBe(1.963243, 1e-6);
        interval.Count.ShouldBe(5);
    }

    [Fact]
    public void OneReplicationHasNoInterval()
    {
        ConfidenceInterval interval = Point(8).Metric("fault_rate");
        interval.Mean.ShouldBe(8);
        interval.IsDefined.ShouldBeFalse();
    }

    [Fact]
    public void AnUndefinedReplicationLeavesThePointUndefined() => Point(8, double.NaN, 9).Metric("fault_rate").Mean.ShouldBe(double.NaN);

    [Fact]
    public void PointsKeepTheStudysOrder()
    {
        using var sample = new SampleStudy();
        Study study = sample.Open();
        study.Points.Count.ShouldBe(36);
        study.Points.ShouldAllBe(point => point.Runs.Count == 5);
        study.Points.Select(point => point.Text("policies.reclaim")).Distinct().ShouldBe(["fifo", "clock", "lru", "arc", "s3-fifo", "linux-two-list"]);
        study.Points.Take(6).Select(point => point.Text("machine.memory")).ShouldBe(["32MiB", "64MiB", "96MiB", "128MiB", "192MiB", "256MiB"]);
        study.Varying.Select(parameter => parameter.Name).ShouldBe(["machine.memory", "policies.reclaim"]);
    }

    private static ParameterPoint Point(params double[] rates)
    {
        using var sample = new SampleStudy([.. rates.Select((rate, replication) =>
        {
            RunRecord run = SampleStudy.Run("lru", "64MiB", replication);
            return run with { Metrics = [rate, .. run.Metrics.Skip(1)] };
        })]);
        return sample.Open().Points.Single();
    }
}
