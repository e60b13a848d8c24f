using System.Linq;
using Shouldly;
using Sim.Lab.Results;
using Sim.Lab.Statistics;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>The values of a parameter beside one of them, replication by replication.</summary>
public sealed class StudyComparisonTests
{
    [Fact]
    public void EveryOtherValueIsComparedAtEveryPointOfTheOtherParameters()
    {
        using var sample = new SampleStudy();
        StudyComparison comparison = sample.Open().Compare("policies.reclaim", "lru");
        comparison.Others.ShouldBe(["machine.memory"]);
        comparison.Points.Count.ShouldBe(5 * 6);
        comparison.Points.ShouldAllBe(point => point.Value != "lru" && point.Comparison.Difference.Count == 5);
        ComparedPoint arc = comparison.Points.Single(point => point.Value == "arc" && point.Others["machine.memory"]!.Text == "96MiB");
        double[] own = Rates("arc"), other = Rates("lru");
        arc.Comparison.ShouldBe(PairedComparison.Of(own, other));
        arc.Mean.ShouldBe(own.Average(), 1e-12);
        arc.BaseMean.ShouldBe(other.Average(), 1e-12);
        arc.Relative.ShouldBe((own.Average() - other.Average()) / other.Average(), 1e-12);

        static double[] Rates(string policy) => [.. SampleStudy.Runs().Where(run => run.Parameters[1].Text == "96MiB" && run.Parameters[2].Text == policy).Select(run => run.Metrics[0])];
    }

    [Fact]
    public void TheOnlyPolicyThatVariesAndItsFirstValueStandWhereNothingIsSaid()
    {
        using var sample = new SampleStudy();
        StudyComparison comparison = sample.Open().Compare();
        (comparison.Parameter, comparison.Base, comparison.Metric).ShouldBe(("policies.reclaim", "fifo", "fault_rate"));
    }

    [Fact]
    public void ReplicationsThatOnlyOneSideHasAreLeftOut()
    {
        using var sample = new SampleStudy([.. SampleStudy.Runs(4).Where(run => !(run.Parameters[2].Text == "clock" && run.Replication == 1))]);
        sample.Open().Compare(baseValue: "clock").Points.ShouldAllBe(point => point.Comparison.Difference.Count == 3);
    }

    [Fact]
    public void OneReplicationHasADifferenceAndNoInterval()
    {
        using var sample = new SampleStudy(SampleStudy.Runs(1));
        ComparedPoint point = sample.Open().Compare().Points[0];
        double.IsFinite(point.Comparison.Difference.Mean).ShouldBeTrue();
        point.Comparison.Difference.IsDefined.ShouldBeFalse();
        point.Comparison.IsSignificant.ShouldBeFalse();
    }

    [Fact]
    public void WhatIsNotThereIsSaidWithWhatIs()
    {
        using var sample = new SampleStudy();
        Study study = sample.Open();
        Should.Throw<ResultsException>(() => study.Compare("machine.cpus")).Message.ShouldEndWith("what varies is: machine.memory, policies.reclaim");
        Should.Throw<ResultsException>(() => study.Compare(baseValue: "lrru")).Message.ShouldContain("it has: fifo, clock, lru, arc, s3-fifo, linux-two-list");
        Should.Throw<ResultsException>(() => study.Compare(metric: "fault-rate")).Message.ShouldContain("did you mean 'fault_rate'?");
        Should.Throw<ResultsException>(() => study.Where(run => run.Text("machine.memory") == "32MiB" && run.Text("policies.reclaim") == "lru").Compare()).Message
            .ShouldContain("all its runs are of one point");
    }
}
