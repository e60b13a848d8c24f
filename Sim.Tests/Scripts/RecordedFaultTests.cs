using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json.Nodes;
using Shouldly;
using Sim.Lab;
using Sim.Lab.Scripts;
using Xunit;

namespace Sim.Tests.Scripts;

/// <summary>Faults, forks and files as a live kernel had them: results, faults, and what smaps and VmPTE say after every operation.</summary>
public sealed class RecordedFaultTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Data", "kernel", "faults");

    [Theory]
    [InlineData("cases", 36, 15)]
    [InlineData("further", 68, 0)]
    [InlineData("random", 150, 0)]
    [InlineData("readahead", 14, 0)]
    public void EveryCaseWithoutHugePagesIsExact(string name, int cases, int skipped)
    {
        ScriptReport report = Script.Compare(PathOf(name), BuiltIn.AddressSpaces);
        report.Failures.ShouldBeEmpty();
        (report.Cases, report.CasesExact, report.Skipped.Count).ShouldBe((cases, cases, skipped));
        report.OperationsExact.ShouldBe(report.Operations);
    }

    [Fact]
    public void EmittingGivesTheRecordedLinesBackWhereRepetitionsAgreed()
    {
        string[] recorded = Lines("cases");
        string[] emitted = [.. Script.Emit(PathOf("cases"), BuiltIn.AddressSpaces)];
        emitted.Length.ShouldBe(recorded.Length);
        foreach (var (line, simulated) in recorded.Zip(emitted))
        {
            if (line.Contains("\"thp\":1", StringComparison.Ordinal)) simulated.ShouldContain("\"skipped\":\"transparent huge pages are not modelled\"");
            else if (!line.Contains("\"varies\"", StringComparison.Ordinal)) simulated.ShouldBe(line);
        }
    }

    [Fact]
    public void EmittingNeedsNoExpectations()
    {
        string bare = Path.GetTempFileName();
        File.WriteAllLines(bare, Lines("further").Select(WithoutExpectations));
        Script.Emit(bare, BuiltIn.AddressSpaces).ShouldBe(Script.Emit(PathOf("further"), BuiltIn.AddressSpaces));
        File.Delete(bare);
    }

    [Theory]
    [InlineData("{\"case\":\"x\",\"ops\":[{\"p\":\"p0\",\"op\":\"tuch\"}]}", "line 1: there is no operation 'tuch'; did you mean 'touch'?")]
    [InlineData("{\"case\":\"x\",\"ops\":[{\"p\":\"p1\",\"op\":\"exit\"}]}", "line 1: there is no process 'p1' now")]
    [InlineData("{\"case\":\"x\",\"ops\":[{\"p\":\"p0\",\"op\":\"touch\",\"m\":\"r\",\"a\":0,\"n\":1}]}", "line 1: page 0 is not mapped for this; a touch must succeed")]
    [InlineData("{\"case\":\"x\",\"ops\":[{\"p\":\"c\",\"op\":\"warm\",\"f\":9}]}", "line 1: 'f' is 9; it must lie between 0 and 2")]
    [InlineData("{\"case\":\"x\",\"ops\":3}", "line 1: 'ops' is no list of operations")]
    public void ABadCaseIsOneLineWithItsPlace(string text, string problem)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        Should.Throw<ScriptException>(() => Script.Compare(file, BuiltIn.AddressSpaces)).Message.ShouldContain(problem);
        Should.Throw<ScriptException>(() => Script.Emit(file, BuiltIn.AddressSpaces).ToList()).Message.ShouldStartWith(file);
        File.Delete(file);
    }

    private static string WithoutExpectations(string line)
    {
        var json = (JsonObject)JsonNode.Parse(line)!;
        json.Remove("init");
        json.Remove("init_child");
        foreach (JsonNode? op in (JsonArray)json["ops"]!) ((JsonObject)op!).Remove("expect");
        // Keys keep their order: what is emitted puts the removed ones where they belong.
        return json.ToJsonString();
    }

    private static string PathOf(string name) => Path.Combine(_folder, name + ".jsonl.gz");

    private static string[] Lines(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(PathOf(name)), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
