using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab.Figures;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>Figures as studies ask for them.</summary>
public sealed class StudyFiguresTests
{
    [Fact]
    public void ASweepByPolicy()
    {
        using var sample = new SampleStudy();
        Figure plot = sample.Open().Figure("machine.memory", "fault_rate", series: "policies.reclaim").Plots.Single();
        plot.Title.ShouldBe("Fault rate against memory, by reclaim policy");
        plot.XAxis.ShouldBe(new FigureAxis("Memory (machine.memory)", FigureFormat.Bytes, FigureScale.Log2));
        plot.YAxis.ShouldBe(new FigureAxis("Fault rate", FigureFormat.Number, FigureScale.Linear, "page faults per user reference"));
        plot.LegendTitle.ShouldBe("policies.reclaim");
        plot.Series.Select(series => series.Name).ShouldBe(["fifo", "clock", "lru", "arc", "s3-fifo", "linux-two-list"]);
        ParameterPoint first = sample.Open().Points[0];
        plot.Series[0].Points[0].ShouldBe(new FigurePoint(32 << 20, first.Metric("fault_rate").Mean, first.Metric("fault_rate").Low, first.Metric("fault_rate").High));
        plot.Note.ShouldBe("Means of 5 replications with 95% confidence intervals (Student's t).");
    }

    [Fact]
    public void WhatElseVariesIsNamedAndNeverAveraged()
    {
        using var sample = new SampleStudy();
        Figure plot = sample.Open().Figure("machine.memory", "fault_rate").Plots.Single();
        plot.LegendTitle.ShouldBe("policies.reclaim");
        plot.Series.Count.ShouldBe(6);
        plot.Series[2].Name.ShouldBe("reclaim=lru");
    }

    [Fact]
    public void WhatGoesWithXDividesNothing()
    {
        RunRecord[] runs = [.. SampleStudy.Runs(1).Select(run => run with { Parameters = [.. run.Parameters, ParameterValue.Of("machine.swap", run.Parameters[1].Text)] })];
        using var sample = new SampleStudy(runs);
        sample.Open().Figure("machine.memory", "fault_rate", series: "policies.reclaim").Plots.Single().LegendTitle.ShouldBe("policies.reclaim");
    }

    [Fact]
    public void AFacetMakesAPanelEach()
    {
        using var sample = new SampleStudy();
        StudyFigure figure = sample.Open().Figure("machine.memory", "cpu_utilisation", facet: "policies.reclaim");
        figure.Plots.Select(panel => panel.Title).ShouldBe(
            ["reclaim = fifo", "reclaim = clock", "reclaim = lru", "reclaim = arc", "reclaim = s3-fifo", "reclaim = linux-two-list"]);
        figure.Plots[0].YAxis.Format.ShouldBe(FigureFormat.Percent);
        figure.Plots[0].Series.Single().Name.ShouldBe("");
    }

    [Fact]
    public void TextOnXIsCategoriesAndTimesAreTimes()
    {
        using var sample = new SampleStudy();
        Study study = sample.Open().Where(run => run.Text("machine.memory") == "64MiB");
        Figure plot = study.Figure("policies.reclaim", "fault_latency_mean_ns", yScale: "log10").Plots.Single();
        plot.XAxis.ShouldBe(new FigureAxis("Reclaim policy (policies.reclaim)", FigureFormat.Category));
        plot.YAxis.ShouldBe(new FigureAxis("Fault latency mean", FigureFormat.Time, FigureScale.Log10));
        plot.Series.Single().Points.Select(point => point.Label).ShouldBe(["fifo", "clock", "lru", "arc", "s3-fifo", "linux-two-list"]);
    }

    [Theory]
    [InlineData(FigureScale.Linear, "100", "200", "300", "400", "500")]
    [InlineData(FigureScale.Log2, "1", "2", "4", "8")]
    [InlineData(FigureScale.Log10, "10", "100", "1000", "5000")]
    [InlineData(FigureScale.Log2, "64MiB", "96MiB", "128MiB", "192MiB", "256MiB")]
    [InlineData(FigureScale.Linear, "64MiB", "128MiB", "192MiB", "256MiB")]
    [InlineData(FigureScale.Linear, "0", "1", "10", "100")]
    public void TheSpacingFollowsTheValues(FigureScale scale, params string[] values)
    {
        RunRecord run = SampleStudy.Run("lru", "64MiB", 0);
        using var sample = new SampleStudy([.. values.Select((value, index) => run with { Id = $"{index:x16}", Parameters = [ParameterValue.Of("p", value)] })]);
        sample.Open().Figure("p", "fault_rate").Plots.Single().XAxis.Scale.ShouldBe(scale);
    }

    [Fact]
    public void OneRunAPointHasNoBand()
    {
        using var sample = new SampleStudy([.. SampleStudy.Runs(1)]);
        Figure plot = sample.Open().Figure("machine.memory", "fault_rate", series: "policies.reclaim").Plots.Single();
        plot.Series.SelectMany(series => series.Points).ShouldAllBe(point => !double.IsFinite(point.Low));
        plot.Note.ShouldBe("One run a point: no interval can be given.");
    }

    [Fact]
    public void FilesAreNumberedTheSameEachTimeAndOldOnesGo()
    {
        using var sample = new SampleStudy();
        Study study = sample.Open();
        StudyFigure[] figures = [.. SampleStudy.Figures.Select(spec => StudyFigures.Create(study, spec))];
        StudyFigures.Write(sample.Folder, figures).Select(Path.GetFileName).First().ShouldBe("01-fault_rate-vs-machine.memory.svg");
        string first = File.ReadAllText(StudyFigures.Write(sample.Folder, [figures[1]]).Single());
        Directory.GetFiles(Path.Combine(sample.Folder, "figures")).Select(Path.GetFileName).ShouldBe(["01-fault_latency_mean_ns-vs-machine.memory.svg"]);
        StudyFigures.Create(sample.Open(), SampleStudy.Figures[1]).ToSvg().ShouldBe(first);
    }
}
