using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>A study's results as a notebook asks for them.</summary>
public sealed class StudyTests
{
    [Fact]
    public void RowsComeBackAsTheyWereWritten()
    {
        using var sample = new SampleStudy();
        Study study = sample.Open();
        study.Name.ShouldBe(SampleStudy.Name);
        RunRecord[] runs = [.. SampleStudy.Runs()];
        study.Runs.Select(run => run.Id).ShouldBe(runs.Select(run => run.Id));
        study.Runs.Select(run => run.Metric("fault_rate")).ShouldBe(runs.Select(run => run.Metrics[0]));
        study.Runs.SelectMany(run => run.Parameters).ShouldBe(runs.SelectMany(run => run.Parameters));
        study.Series.Select(sample => sample.Row).ShouldBe(runs.SelectMany(run => run.Series));
        study.Processes.Select(process => process.Row).ShouldBe(runs.SelectMany(run => run.Processes));
        study.Histograms.Select(bucket => bucket.Row).ShouldBe(runs.SelectMany(run => run.Histograms));
    }

    [Fact]
    public void AParameterAnswersToItsKeyAndItsColumn()
    {
        using var sample = new SampleStudy();
        RunRow run = sample.Open().Runs[0];
        run.Number("machine.memory").ShouldBe(32 << 20);
        run.Number("machine.memory_bytes").ShouldBe(32 << 20);
        run.Text("machine.memory").ShouldBe("32MiB");
        run.Text("policies.reclaim").ShouldBe("fifo");
        run.Number("policies.reclaim").ShouldBe(double.NaN);
    }

    [Fact]
    public void WhereKeepsTheSameRunsInEveryTable()
    {
        using var sample = new SampleStudy();
        Study lru = sample.Open().Where(run => run.Text("policies.reclaim") == "lru");
        lru.Runs.Count.ShouldBe(30);
        lru.Points.Count.ShouldBe(6);
        lru.Varying.Select(parameter => parameter.Name).ShouldBe(["machine.memory"]);
        lru.Processes.Count.ShouldBe(30);
        lru.Series.ShouldAllBe(row => row.Run.Text("policies.reclaim") == "lru");
    }

    [Fact]
    public void AMistypedNameIsAnsweredWithTheNearest()
    {
        using var sample = new SampleStudy();
        RunRow run = sample.Open().Runs[0];
        Should.Throw<ResultsException>(() => run.Number("machine.memroy")).Message.ShouldContain("did you mean 'machine.memory'?");
        Should.Throw<ResultsException>(() => run.Metric("fault-rate")).Message.ShouldContain("did you mean 'fault_rate'?");
        Should.Throw<ResultsException>(() => sample.Open().Figure("machine.memory", "falt_rate")).Message.ShouldContain("did you mean 'fault_rate'?");
        Should.Throw<ResultsException>(() => sample.Open().Figure("machine.memroy", "fault_rate")).Message.ShouldContain("did you mean 'machine.memory'?");
    }

    [Fact]
    public void AStudyThatWasNotRunSaysWhatToRun()
    {
        var error = Should.Throw<ResultsException>(() => Study.Open("results/no-such-study"));
        error.Message.ShouldBe("results/no-such-study/runs.parquet: there is no such file; run `sim run experiments/no-such-study.yaml` first");
    }

    [Fact]
    public void ADamagedTableIsNamed()
    {
        using var sample = new SampleStudy();
        string path = Path.Combine(sample.Folder, "series.parquet");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);
        Study study = sample.Open();
        Should.Throw<ResultsException>(() => study.Series).Message.ShouldStartWith(path + ": ");
    }

    [Fact]
    public void TablesOfDifferentRunsAreNotMixed()
    {
        using var sample = new SampleStudy();
        using var other = new SampleStudy([SampleStudy.Run("lru", "64MiB", 0)]);
        File.Copy(Path.Combine(other.Folder, "series.parquet"), Path.Combine(sample.Folder, "series.parquet"), overwrite: true);
        Should.Throw<ResultsException>(() => sample.Open().Series).Message.ShouldContain("is of other runs than runs.parquet");
    }

    [Theory]
    [InlineData("64MiB")]
    [InlineData("1536MiB")]
    [InlineData("4100KiB")]
    [InlineData("1B")]
    [InlineData("80ns")]
    [InlineData("2500ps")]
    [InlineData("10ms")]
    [InlineData("0s")]
    [InlineData("0B")]
    [InlineData("0.9")]
    [InlineData("12")]
    public void ANumbersTextIsTheOneThatStudiesWrite(string text)
    {
        var value = ParameterValue.Of("p", text);
        ParameterText.Of(value.Kind, value.Number).ShouldBe(text);
    }

    [Fact]
    public void TheManifestComesBack()
    {
        using var sample = new SampleStudy();
        Manifest.Read(sample.Folder).ShouldBeNull();
        Manifest manifest = Report.StudyReportTests.Manifest() with { PolicyFiles = new Dictionary<string, string> { ["reclaim/mine"] = "0a1b" } };
        manifest.Write(sample.Folder);
        Manifest read = Manifest.Read(sample.Folder)!;
        read.Figures.ShouldBe(manifest.Figures);
        read.PolicyFiles.ShouldBe(manifest.PolicyFiles);
        (read with { Figures = manifest.Figures, Warnings = manifest.Warnings, PolicyFiles = manifest.PolicyFiles }).ShouldBe(manifest);
        File.WriteAllText(Path.Combine(sample.Folder, "manifest.json"), "{");
        Should.Throw<ResultsException>(() => Manifest.Read(sample.Folder)).Message.ShouldContain("manifest.json");
    }
}
