using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Shouldly;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Cli;

/// <summary>A study gives the same bytes, however its runs came to be computed.</summary>
public sealed class StudyRunTests : IDisposable
{
    private const string Study = """
        seed: 3
        replications: 2
        warmup: 10%
        machine: {cpus: 2, memory: 2MiB, swap: {device: nvme, size: 64MiB}}
        policies: {reclaim: lru}
        workload:
          - process: db
            count: 2
            program:
              - mmap: {name: heap, size: 3MiB}
              - clone: {threads: 2, program: [access: {region: heap, model: uniform, count: 10k, writes: 30%}]}
              - join
        sweep:
          policies.reclaim: [fifo, clock, lru]
        """;

    private readonly SimProcess _sim = new();

    public StudyRunTests() => _sim.Write("study.yaml", Study);

    public void Dispose() => _sim.Dispose();

    [Fact]
    public void JobsChecksAndStartingAfreshChangeNoByte()
    {
        Run("one", "--jobs", "1").ShouldContain("6 runs (6 computed, 0 kept)");
        Run("two", "--jobs", "2", "--check").ShouldContain("6 runs (6 computed, 0 kept)");
        _sim.Tables("two").ShouldBe(_sim.Tables("one"));
        _sim.Tables("one").Keys.ShouldContain("runs.parquet");
        Run("often", "--check", "7ms").ShouldContain("6 runs (6 computed, 0 kept)");
        _sim.Tables("often").ShouldBe(_sim.Tables("one"));
        Run("two", "--fresh").ShouldContain("6 runs (6 computed, 0 kept)");
        _sim.Tables("two").ShouldBe(_sim.Tables("one"));
    }

    [Fact]
    public void AStudyThatWasKilledGoesOnWhereItWas()
    {
        string runs = _sim.PathOf("killed/.runs");
        using (Process process = _sim.Start("run", "study.yaml", "--out", "killed", "--jobs", "1"))
        {
            var watch = Stopwatch.StartNew();
            while (Finished(runs) == 0 && watch.Elapsed < TimeSpan.FromSeconds(30)) Thread.Sleep(1);
            process.Kill();
            process.WaitForExit();
        }
        int kept = Finished(runs);
        kept.ShouldBeInRange(1, 6);
        Run("killed").ShouldContain($"6 runs ({6 - kept} computed, {kept} kept)");
        Run("undisturbed");
        _sim.Tables("killed").ShouldBe(_sim.Tables("undisturbed"));
    }

    [Fact]
    public void AnInterruptDoesNotWaitForTheRunsUnderWay()
    {
        _sim.Write("study.yaml", Study.Replace("count: 10k", "count: 100G"));
        using Process process = _sim.Start("run", "study.yaml", "--out", "stopped");
        var watch = Stopwatch.StartNew();
        while (!Directory.Exists(_sim.PathOf("stopped")) && watch.Elapsed < TimeSpan.FromSeconds(30)) Thread.Sleep(1);
        Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
        Ended ended = SimProcess.End(process);
        ended.Error.ShouldBe("sim: interrupted; 0 of 6 runs are finished and kept: the same command goes on from there\n");
        ended.Out.ShouldBeEmpty();
        ended.Code.ShouldBe(1);
    }

    [Fact]
    public void AnotherValueOnAnAxisKeepsWhatThereIs()
    {
        Run("grown");
        _sim.Write("study.yaml", Study.Replace("[fifo, clock, lru]", "[fifo, random, clock, lru]"));
        Run("grown").ShouldContain("8 runs (2 computed, 6 kept)");
        Run("whole");
        _sim.Tables("grown").ShouldBe(_sim.Tables("whole"));
    }

    [Fact]
    public void PrecisionAsksForTheSameRunsWhateverTheJobs()
    {
        _sim.Write("study.yaml", Study.Replace("replications: 2",
            "precision: {metric: miss_rate, relative: 1%, min-replications: 2, max-replications: 6}").Replace("[fifo, clock, lru]", "[fifo, lru]"));
        Run("one", "--jobs", "1");
        Run("two", "--jobs", "2");
        _sim.Tables("two").ShouldBe(_sim.Tables("one"));
    }

    [Theory]
    [InlineData("mmap: {name: a, size: 100TiB}", "mmap: {name: b, size: 100TiB}", "mmap failed: ENOMEM")]
    [InlineData("brk: {name: a, grow: 100TiB}", "brk: {name: a, grow: 100TiB}", "brk failed: ENOMEM")]
    [InlineData("mmap: {name: a, size: 1000KiB}", "access: {region: a, model: sequential, count: 5k, writes: 100%}", "out of memory and swap")]
    public void AProcessThatDoesNotFinishIsSaid(string first, string second, string why)
    {
        _sim.Write("study.yaml", $$"""
            machine: {memory: 1MiB, swap: none}
            workload: [{process: victim, program: [{{first}}, {{second}}, compute: 1us]}]
            """.Replace("[" + first, "[{" + first + "}").Replace(", " + second, ", {" + second + "}"));
        Run("results").ShouldContain($"note    1 runs: victim did not finish: {why}");
        Sim.Lab.Results.Study.Open(_sim.PathOf("results")).Runs.Single().Status.ShouldBe("victim did not finish: " + why);
    }

    private string Run(string results, params string[] options)
    {
        Ended ended = _sim.Run(["run", "study.yaml", "--out", results, .. options]);
        ended.Error.ShouldBeEmpty();
        ended.Code.ShouldBe(0);
        return ended.Out;
    }

    private static int Finished(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.run").Length : 0;
}
