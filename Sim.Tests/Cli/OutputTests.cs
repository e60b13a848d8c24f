using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Shouldly;
using Sim.Tests.Results;
using Xunit;

namespace Sim.Tests.Cli;

/// <summary>What other programs and newcomers read of the program's output.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly SimProcess _sim = new();

    public OutputTests() => _sim.Write("belady,1969.txt", "1\n2\n3\n4\n1\n2\n5\n1\n2\n3\n4\n5\n");

    public void Dispose() => _sim.Dispose();

    [Fact]
    public void ReplayPrintsCommaSeparatedValues() =>
        _sim.Run("replay", "belady,1969.txt", "--policy", "fifo, clock(set-on-load=false),clock()", "--frames", "3,4", "--csv").ShouldBe(new Ended(0,
            "trace,policy,frames,refs,misses\r\n"
            + "\"belady,1969.txt\",fifo,3,12,9\r\n\"belady,1969.txt\",fifo,4,12,10\r\n"
            + "\"belady,1969.txt\",clock(set-on-load=false),3,12,10\r\n\"belady,1969.txt\",clock(set-on-load=false),4,12,8\r\n"
            + "\"belady,1969.txt\",clock(),3,12,9\r\n\"belady,1969.txt\",clock(),4,12,10\r\n", ""));

    [Fact]
    public void ReplayPrintsOneJsonDocument()
    {
        Ended ended = _sim.Run("replay", "belady,1969.txt", "--policy", "fifo", "--frames", "3", "--json");
        ended.Error.ShouldBeEmpty();
        using JsonDocument document = JsonDocument.Parse(ended.Out);
        document.RootElement.GetProperty("format").GetString().ShouldBe("text");
        document.RootElement.GetProperty("refs").GetInt64().ShouldBe(12);
        document.RootElement.GetProperty("results")[0].GetProperty("misses").GetInt64().ShouldBe(9);
    }

    [Fact]
    public void AProgramsFaultsAreOneJsonDocument()
    {
        Ended ended = _sim.Run("program", Path.Combine(AppContext.BaseDirectory, "Data", "programs", "exact-anon.p0.gz"), "--json");
        ended.Error.ShouldBeEmpty();
        using JsonDocument document = JsonDocument.Parse(ended.Out);
        JsonElement process = document.RootElement.GetProperty("processes").EnumerateArray().ShouldHaveSingleItem();
        process.GetProperty("faults").EnumerateObject().Select(kind => kind.Name).ShouldBe(["heap", "anon", "stack", "file_text", "file_ro", "file_rw", "shared"]);
        (string Key, long Value)[] expected = [("pid", 30534), ("refs", 7678), ("minflt", 1853), ("majflt", 0), ("vmas_at_exit", 4), ("maxrss_kb", 5012), ("vmpte_kb", 28), ("outside", 0)];
        foreach ((string key, long value) in expected) process.GetProperty(key).GetInt64().ShouldBe(value, key);
        process.GetProperty("phases").EnumerateArray().Select(phase => phase.GetInt64()).ShouldBe([0, 0, 1000, 500, 250, 100, 0, 0]);
    }

    [Fact]
    public void ComparePrintsATableOrOneJsonDocument()
    {
        using var sample = new SampleStudy();
        Ended table = _sim.Run("compare", sample.Folder, "--base", "lru");
        table.Error.ShouldBeEmpty();
        string[] lines = table.Out.Split('\n');
        lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["machine.memory", "policies.reclaim", "fault_rate", "of lru", "difference", "relative", "p", "n"]);
        lines.Length.ShouldBe(1 + 30 + 1 + 2 + 1);
        using JsonDocument document = JsonDocument.Parse(_sim.Run("compare", sample.Folder, "--base", "lru", "--json").Out);
        document.RootElement.GetProperty("base").GetString().ShouldBe("lru");
        JsonElement first = document.RootElement.GetProperty("points")[0];
        (first.GetProperty("mean").GetDouble() - first.GetProperty("base_mean").GetDouble()).ShouldBe(first.GetProperty("difference").GetDouble(), 1e-12);
    }

    [Fact]
    public void ExplainPrintsATableOrOneJsonDocument()
    {
        using var sample = new SampleStudy();
        Ended table = _sim.Run("explain", sample.Folder);
        table.Error.ShouldBeEmpty();
        table.Out.Split('\n').Select(line => line.Split(' ')[0]).ShouldBe(["parameter", "machine.memory", "policies.reclaim", "interaction", "chance", "", "of", ""]);
        _sim.Run("explain", sample.Folder, "--metric", "elapsed_ns").Out.Trim().ShouldBe("elapsed_ns is 4.000 s in every run");
        using JsonDocument document = JsonDocument.Parse(_sim.Run("explain", sample.Folder, "--json").Out);
        document.RootElement.GetProperty("effects")[0].GetProperty("levels").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public void ResultsListsWhatIsKept()
    {
        using var sample = new SampleStudy();
        string[] lines = _sim.Run("results", Path.GetDirectoryName(sample.Folder)!).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4].ShouldBe([SampleStudy.Name, "180", "0", "36"]);
        lines[1].ShouldEndWith("machine.memory, policies.reclaim");
        Ended nothing = _sim.Run("results");
        nothing.Code.ShouldBe(2);
        nothing.Error.Trim().ShouldBe("sim: results: there is no such folder; run a study first: sim run experiments/quickstart.yaml");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("replay")]
    [InlineData("mrc")]
    [InlineData("program")]
    [InlineData("notebook run")]
    public void HelpEndsWithAnExample(string verb)
    {
        Ended ended = _sim.Run([.. verb.Split(' '), "--help"]);
        ended.Code.ShouldBe(0);
        ended.Error.ShouldBeEmpty();
        ended.Out.ShouldContain("Usage:");
        ended.Out.ShouldContain($"Example:{Environment.NewLine}  sim {verb} ");
    }
}
