using System;
using System.Text.Json;
using Shouldly;
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

    [Theory]
    [InlineData("run")]
    [InlineData("replay")]
    [InlineData("mrc")]
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
