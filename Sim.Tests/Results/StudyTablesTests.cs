using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab.Results;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>The tables as any reader of Parquet finds them.</summary>
public sealed class StudyTablesTests
{
    [Fact]
    public void TheSameRunsGiveTheSameBytesHoweverTheyCameAbout()
    {
        IReadOnlyList<RunRecord> runs = SampleStudy.Runs(2);
        using var first = new SampleStudy(runs);
        using var second = new SampleStudy();
        var store = new StudyStore(second.Folder);
        foreach (RunRecord run in runs.Reverse()) store.Write(run);
        RunRecord[] read = [.. runs.Select(run => store.TryRead(run.Id, out RunRecord kept) ? kept : throw new InvalidOperationException())];
        StudyTables.Write(second.Folder, SampleStudy.Name, read);
        foreach (string file in (string[])["runs", "series", "processes", "histograms"])
            File.ReadAllBytes(Path.Combine(second.Folder, file + ".parquet")).ShouldBe(File.ReadAllBytes(Path.Combine(first.Folder, file + ".parquet")), file);
    }

    [Fact]
    public void ColumnsAreTypedAndSayTheirUnit()
    {
        using var sample = new SampleStudy();
        Read(sample, "runs", reader =>
        {
            reader.Schema.Take(6).Select(column => column.ToString()).ShouldBe(
                ["run_id: String", "replication: Int32", "seed: Int64", "machine.cpus: Int64?", "machine.memory_bytes: Int64?", "policies.reclaim: String?"]);
            Column(reader, "machine.memory_bytes").Metadata["unit"].ShouldBe("bytes");
            Column(reader, "machine.memory_bytes").Metadata["parameter"].ShouldBe("machine.memory");
            Column(reader, "pgfault").ToString().ShouldBe("pgfault: Int64?");
            Column(reader, "fault_rate").ToString().ShouldBe("fault_rate: Double?");
            reader.Schema.TakeLast(2).Select(column => column.Name).ShouldBe(["digest", "status"]);
            reader.Schema.ShouldAllBe(column => column.Metadata["unit"].Length > 0 && column.Metadata["description"].Length > 0);
        });
    }

    [Fact]
    public void FilesSayWhatTheyAreAndNothingThatVaries()
    {
        using var sample = new SampleStudy();
        Read(sample, "series", reader =>
        {
            reader.Metadata.Select(pair => pair.Key).ShouldBe(["study", "format_version", "model_version", "runs_digest"]);
            reader.Metadata["study"].ShouldBe(SampleStudy.Name);
        });
    }

    [Fact]
    public void WhatIsNotDefinedIsNull()
    {
        RunRecord run = SampleStudy.Run("lru", "64MiB", 0);
        using var sample = new SampleStudy([run with { Metrics = [.. run.Metrics.Select(_ => double.NaN)] }, run with { Id = "ff" }]);
        Read(sample, "runs", reader =>
        {
            reader.ReadColumn<long>("pgfault").Nulls.ToArray().ShouldBe([true, false]);
            reader.ReadColumn<double>("fault_rate").Nulls.ToArray().ShouldBe([true, false]);
        });
    }

    [Theory]
    [InlineData("3", "2.5", "p: Double?")]
    [InlineData("3", "4", "p: Int64?")]
    [InlineData("3", "lru", "p: String?")]
    [InlineData("64MiB", "auto", "p: String?")]
    [InlineData("80ns", "2us", "p_ns: Double?")]
    [InlineData("64MiB", null, "p_bytes: Int64?")]
    public void AParametersKindHoldsAllItsValues(string first, string? second, string column)
    {
        RunRecord run = SampleStudy.Run("lru", "64MiB", 0);
        RunRecord With(string id, string? value) => run with { Id = id, Parameters = value is null ? [] : [ParameterValue.Of("p", value)] };
        using var sample = new SampleStudy([With("01", first), With("02", second)]);
        Read(sample, "runs", reader => reader.Schema[3].ToString().ShouldBe(column));
        sample.Open().Runs.Select(row => row.Text("p")).ShouldBe([first, second ?? ""]);
    }

    [Fact]
    public void AParameterCannotTakeAColumnThatIsTaken()
    {
        using var sample = new SampleStudy([SampleStudy.Run("lru", "64MiB", 0) with { Parameters = [ParameterValue.Of("seed", "7")] }]);
        Read(sample, "runs", reader => reader.Schema[3].Name.ShouldBe("parameter.seed"));
        sample.Open().Runs[0].Number("seed").ShouldBe(7);
    }

    [Fact]
    public void FaultsAreThereOnlyIfThereAreAny()
    {
        RunRecord run = SampleStudy.Run("lru", "64MiB", 0);
        using var sample = new SampleStudy([run with { Faults = [new(1, 0, 1, 4096, 6, "DemandZero", "Mapped", 900)] }]);
        string path = Path.Combine(sample.Folder, "faults.parquet");
        sample.Open().Faults.Single().Row.Address.ShouldBe(4096);
        StudyTables.Write(sample.Folder, SampleStudy.Name, [run]);
        File.Exists(path).ShouldBeFalse();
        sample.Open().Faults.ShouldBeEmpty();
    }

    [Fact]
    public void SnapshotsKeepTheirLinesAndTheirRuns()
    {
        RunRecord without = SampleStudy.Run("lru", "64MiB", 0), with = SampleStudy.Run("clock", "64MiB", 0) with { Snapshots = [new(1e6, "buddyinfo", "Node 0\nNode 1\n"), new(1e6, "slabinfo", "")] };
        using var sample = new SampleStudy([without, with]);
        sample.Open().Snapshots.Select(row => (row.Run.Id, row.Row)).ShouldBe(with.Snapshots.Select(row => (with.Id, row)));
    }

    [Fact]
    public void WritingLeavesNoTemporaryFile()
    {
        using var sample = new SampleStudy();
        Directory.GetFiles(sample.Folder).Select(Path.GetFileName).Order().ShouldBe(
            ["fault-kinds.parquet", "histograms.parquet", "processes.parquet", "runs.parquet", "series.parquet"]);
    }

    private static ParquetColumn Column(ParquetReader reader, string name) => reader.Schema[reader.Schema.IndexOf(name)];

    private static void Read(SampleStudy sample, string table, Action<ParquetReader> check)
    {
        using FileStream stream = File.OpenRead(Path.Combine(sample.Folder, table + ".parquet"));
        check(ParquetReader.Open(stream));
    }
}
