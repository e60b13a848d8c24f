using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Lab.Report;
using Sim.Lab.Results;
using Sim.Tests.Results;
using Xunit;

namespace Sim.Tests.Report;

/// <summary>What is wrong with a study is said.</summary>
public sealed class ReportWarningsTests
{
    private static readonly IReadOnlyList<RunRecord> _runs = SampleStudy.Runs(2);

    [Fact]
    public void ASoundStudyHasNone() => Warnings(_runs).ShouldBeEmpty();

    [Fact]
    public void ARunThatWentWrongIsNamed()
    {
        RunRecord[] runs = [_runs[0] with { Status = "process db was killed" }, .. _runs.Skip(1)];
        Warnings(runs).ShouldBe(["1 of 72 runs: process db was killed (memory=32MiB reclaim=fifo replication=0)."]);
    }

    [Fact]
    public void AMetricThatIsAlwaysZeroIsNamed() =>
        Warnings(With("tlb_miss_rate", (_, _) => 0)).Single().ShouldStartWith("tlb_miss_rate is zero in every run");

    [Fact]
    public void AMetricWithoutAValueIsNamed()
    {
        Warnings(With("miss_rate", (_, _) => double.NaN)).ShouldBe(["miss_rate is not defined in any run."]);
        Warnings(With("miss_rate", (value, index) => index == 3 ? double.NaN : value)).Single().ShouldStartWith("miss_rate is not defined in 1 of 72 runs");
    }

    [Fact]
    public void AMetricOfAFigureCountsAsWell()
    {
        using var sample = new SampleStudy(_runs);
        Study study = sample.Open();
        ReportWarnings.Of(study, [study.Figure("machine.memory", "oom_kill")]).Single().ShouldStartWith("oom_kill is zero in every run");
    }

    [Fact]
    public void AWarmupThatWasTooShortIsSaid()
    {
        RunRecord[] runs = [.. _runs.Select(run => run with { Series = [.. run.Series.Select(Settling)] })];
        Warnings(runs).Single().ShouldStartWith("The warm-up may be too short: in 72 of 72 runs");
    }

    [Fact]
    public void PointsWithOneRunAreCounted() => Warnings(SampleStudy.Runs(1)).Single().ShouldStartWith("36 of 36 points have one replication");

    // Faults come fast at first and then at a steady rate; the steep part reaches well beyond the tenth that is warm-up.
    private static SeriesRow Settling(SeriesRow row) =>
        row with { Pgfault = (long)((row.References * 0.01) + (50_000 * (1 - Math.Exp(-row.References / 300_000.0)))) };

    private static RunRecord[] With(string metric, Func<double, int, double> change)
    {
        int at = MetricCatalogue.All.ToList().FindIndex(definition => definition.Name == metric);
        return [.. _runs.Select((run, index) => run with { Metrics = [.. run.Metrics.Select((value, i) => i == at ? change(value, index) : value)] })];
    }

    private static IReadOnlyList<string> Warnings(IReadOnlyList<RunRecord> runs)
    {
        using var sample = new SampleStudy(runs);
        return ReportWarnings.Of(sample.Open(), []);
    }
}
