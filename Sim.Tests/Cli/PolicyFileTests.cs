using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab;
using Sim.Lab.Catalogue;
using Sim.Tests.Experiments;
using Xunit;

namespace Sim.Tests.Cli;

/// <summary>A policy of the user's own, in a file outside of the repository: the source of one that ships, under another name.</summary>
public sealed class PolicyFileTests : IDisposable
{
    private const string Study = """
        machine: {memory: 4MiB, swap: {device: zram, size: 16MiB}}
        policies: {quota: fixed(frames=100)}
        workload:
          - process: p
            program:
              - mmap: {name: h, size: 1MiB}
              - access: {region: h, model: uniform, count: 20k}
        sweep:
          policies.reclaim: [mru, mine]
        """;

    private static readonly string _own = File.ReadAllText(Path.Combine(Studies.Root, "Sim.Policies", "Reclaim", "Mru.cs"))
        .Replace("reclaim/mru", "reclaim/mine", StringComparison.Ordinal).Replace("namespace Sim.Policies.Reclaim", "namespace Own", StringComparison.Ordinal);

    private readonly SimProcess _sim = new();

    public PolicyFileTests()
    {
        _sim.Write("Mine.cs", _own);
        _sim.Write("study.yaml", Study);
        _sim.Write("trace.txt", string.Join('\n', Enumerable.Range(0, 5000).Select(i => (i * i) % 257)));
    }

    public void Dispose() => _sim.Dispose();

    [Theory]
    [InlineData("replay", "--frames", "20,100")]
    [InlineData("replay", "--frames", "20,100", "--sparse")]
    [InlineData("mrc", "--sizes", "20,100")]
    public void IsReplayedAsAnyOther(string verb, params string[] options)
    {
        Ended own = _sim.Run([verb, "trace.txt", "--policy", "mine", "--policy-file", "Mine.cs", .. options, "--csv"]);
        own.Code.ShouldBe(0, own.Error);
        own.Out.ShouldContain(",mine,100,5000,");
        own.Out.Replace(",mine,", ",mru,", StringComparison.Ordinal).ShouldBe(_sim.Run([verb, "trace.txt", "--policy", "mru", .. options, "--csv"]).Out);
    }

    [Fact]
    public void IsListedDescribedAndValidated()
    {
        _sim.Run("list", "policies", "--policy-file", "Mine.cs").Out.ShouldContain("reclaim/mine");
        _sim.Run("describe", "mine", "--policy-file", "Mine.cs").Out.ShouldContain("VLDB 1985");
        _sim.Run("validate", "study.yaml", "--policy-file", "Mine.cs").Code.ShouldBe(0);
        _sim.Run("validate", "study.yaml").Error.ShouldContain("there is no reclaim policy 'mine'");
    }

    [Fact]
    public void RunsInAStudyAndAgainOnlyWhenItsTextHasChanged()
    {
        Ended first = Run();
        first.Out.ShouldContain("2 runs (2 computed, 0 kept)");
        string[] misses = [.. first.Out.Split('\n').Where(line => line.StartsWith("mru ", StringComparison.Ordinal) || line.StartsWith("mine ", StringComparison.Ordinal))
            .Select(line => line[5..].Trim())];
        misses.Length.ShouldBe(2);
        misses[0].ShouldBe(misses[1]);
        File.ReadAllText(_sim.PathOf("results/study/report.html")).ShouldContain("File of reclaim/mine (SHA-256)");
        Run().Out.ShouldContain("2 runs (0 computed, 2 kept)");
        _sim.Write("Mine.cs", _own + "\n// another text\n");
        Run().Out.ShouldContain("2 runs (1 computed, 1 kept)");

        Ended Run() => _sim.Run("run", "study.yaml", "--policy-file", "Mine.cs");
    }

    [Theory]
    [InlineData("_stack = new", "_stak = new", "Mine.cs:22:83: 'Mru' does not contain a definition for '_stak' (CS0117)")]
    [InlineData("IPolicy<Mru, NoOptions>", "System.IDisposable", "CS0535")]
    [InlineData("reclaim/mine", "reclaim/lru", "Mine.cs: there is a reclaim policy 'lru' already; give this one another Name")]
    [InlineData("reclaim/mine", "reclame/mine", "Mine.cs: there is no policy point 'reclame'; did you mean 'reclaim'?")]
    [InlineData("reclaim/mine", "mine", "Mine.cs: Own.Mru: a policy's name is point/name, not 'mine'")]
    [InlineData("reclaim/mine", "vma-merge/mine", "Mine.cs: Mru is no IVmaMerge, which a policy at 'vma-merge' must implement")]
    [InlineData("reclaim/mine", "quota/mine", "Mine.cs: the policies at 'quota' are built in; none can be added")]
    public void ThatCannotBeUsedIsNamedInALine(string right, string wrong, string message)
    {
        _own.ShouldContain(right);
        _sim.Write("Mine.cs", _own.Replace(right, wrong, StringComparison.Ordinal));
        ErrorIn("Mine.cs").ShouldContain(message);
    }

    [Fact]
    public void ThatCannotBeUsedStopsTheCommand()
    {
        _sim.Write("Mine.cs", _own.Replace("_stack = new", "_stack = old", StringComparison.Ordinal));
        Ended ended = _sim.Run("run", "study.yaml", "--policy-file", "Mine.cs");
        ended.Code.ShouldBe(2);
        ended.Error.Trim().ShouldStartWith("sim: Mine.cs:22:");
        ended.Error.Trim().ShouldNotContain('\n');
        Directory.Exists(_sim.PathOf("results")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nothing.cs", "nothing.cs: there is no such file")]
    [InlineData("trace.txt", "trace.txt:1:2: ; expected")]
    [InlineData("Empty.cs", "Empty.cs: holds no policy; a policy implements IPolicy<TSelf, TOptions>")]
    public void AFileWithoutAPolicyIsNamedToo(string file, string message)
    {
        _sim.Write("Empty.cs", "namespace Own;\n");
        ErrorIn(file).ShouldContain(message);
    }

    [Fact]
    public void WhatItThrowsIsSaidInALine()
    {
        const string signature = "public void OnInsert(FrameNumber folio, int order, PageIdentity page)";
        _own.ShouldContain(signature);
        _sim.Write("Mine.cs", _own.Replace(signature, signature + " { if (folio.Value > 7) throw new System.InvalidOperationException(\"seven\"); }\n    public void Former(FrameNumber folio)", StringComparison.Ordinal));
        Ended replay = _sim.Run("replay", "trace.txt", "--policy", "mine", "--frames", "20", "--policy-file", "Mine.cs");
        replay.Code.ShouldBe(1);
        replay.Error.Trim().ShouldBe("sim: policy mine: InvalidOperationException: seven");
        Ended study = _sim.Run("run", "study.yaml", "--policy-file", "Mine.cs");
        study.Code.ShouldBe(1);
        study.Error.ShouldContain("(policies.reclaim=mine, replication 0): seven");
    }

    private string ErrorIn(string file) => Should.Throw<PolicyFileException>(() => PolicyFile.AddTo(BuiltIn.Policies, [_sim.PathOf(file)])).Message;
}
