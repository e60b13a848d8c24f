using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab;
using Sim.Lab.Scripts;
using Xunit;

namespace Sim.Tests.Scripts;

/// <summary>Every case that was recorded on a live kernel, operation by operation.</summary>
public sealed class RecordedScriptTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Data", "kernel", "vma");

    public static TheoryData<string, int> Files => new()
    {
        { "level_a", 36 }, { "level_b", 42 }, { "level_c", 42 }, { "directed", 59 }, { "placement", 12 }, { "mixed", 152 }, { "mixed_placement", 60 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryRecordedCaseIsExact(string name, int cases)
    {
        ScriptReport report = Script.Compare(PathOf(name), BuiltIn.AddressSpaces);
        report.Failures.ShouldBeEmpty();
        (report.Cases, report.CasesExact).ShouldBe((cases, cases));
        report.OperationsExact.ShouldBe(report.Operations);
        report.Operations.ShouldBeGreaterThan(4 * cases);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void EmittingAScriptGivesTheRecordedOneBack(string name, int cases)
    {
        string[] lines = [.. Script.Emit(PathOf(name), BuiltIn.AddressSpaces)];
        lines.Count(line => line.StartsWith("{\"case\":", StringComparison.Ordinal)).ShouldBe(cases);
        lines.ShouldBe(Lines(name));
    }

    [Fact]
    public void EmittingIgnoresWhatTheFileExpectsAndNeedsNone()
    {
        string[] recorded = Lines("directed");
        string bare = Path.GetTempFileName();
        File.WriteAllLines(bare, recorded.Where(line => !line.StartsWith("{\"final\"", StringComparison.Ordinal))
            .Select(line => line.Contains("\"ret\":", StringComparison.Ordinal) ? line[..line.IndexOf(",\"ret\":", StringComparison.Ordinal)] + "}" : line));
        string wrong = Path.GetTempFileName();
        File.WriteAllLines(wrong, recorded.Select(line => line.Replace("rw-p", "r-xp", StringComparison.Ordinal).Replace("\"ret\":0", "\"ret\":\"EIO\"", StringComparison.Ordinal)));
        Script.Emit(bare, BuiltIn.AddressSpaces).ShouldBe(recorded);
        Script.Emit(wrong, BuiltIn.AddressSpaces).ShouldBe(recorded);
        File.Delete(bare);
        File.Delete(wrong);
    }

    [Fact]
    public void AWrongExpectationIsReportedWithBothMaps()
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file,
        [
            "{\"case\":\"one\",\"base\":\"0x200000000000\"}",
            "{\"i\":0,\"op\":\"mmap\",\"a\":0,\"n\":3,\"prot\":\"rw\",\"kind\":\"ap\",\"fl\":\"\",\"off\":0,\"ret\":0,\"v\":[\"0,3,rw-p,-,0,ac\"]}",
            "{\"i\":1,\"op\":\"munmap\",\"a\":1,\"n\":1,\"ret\":0,\"v\":[\"0,3,rw-p,-,0,ac\"]}",
            "{\"i\":2,\"op\":\"munmap\",\"a\":8,\"n\":1}",
        ]);
        ScriptReport report = Script.Compare(file, BuiltIn.AddressSpaces);
        (report.Cases, report.CasesExact, report.Operations, report.OperationsExact).ShouldBe((1, 0, 2, 1));
        ScriptDifference difference = report.Failures.ShouldHaveSingleItem();
        (difference.Case, difference.Line, difference.Recorded, difference.Simulated).ShouldBe(("one", 3L, "0", "0"));
        SideBySide.Rows(difference.RecordedMap, difference.SimulatedMap, "recorded", "simulated").ShouldBe(
        [
            "recorded            simulated",
            "0,3,rw-p,-,0,ac  |  0,1,rw-p,-,0,ac",
            "                 >  2,1,rw-p,-,0,ac",
        ]);
        File.Delete(file);
    }

    [Theory]
    [InlineData("", "line 0: the file holds no case")]
    [InlineData("{\"i\":0,\"op\":\"munmap\"}", "line 1: the first line is no header")]
    [InlineData("{\"case\":\"x\",\"base\":\"200\"}\n{\"op\":\"munmap\",\"a\":0,\"n\":1}", "line 1: 'base' is '200', which is no page's address")]
    [InlineData("{\"case\":\"x\",\"base\":\"0x200000000000\"}\n{\"op\":\"munmop\",\"a\":0,\"n\":1}", "line 2: there is no operation 'munmop'; did you mean 'munmap'?")]
    [InlineData("{\"case\":\"x\",\"base\":\"0x200000000000\"}\n{\"op\":\"mmap\",\"a\":0,\"n\":1,\"prot\":\"rq\",\"kind\":\"ap\"}", "line 2: 'prot' is 'rq'; it is made of r, w and x, or n for none")]
    [InlineData("{\"case\":\"x\",\"base\":\"0x200000000000\"}\n[1]", "line 2: a line is a JSON object")]
    [InlineData("{\"case\":\"x\",\"base\":\"0x200000000000\"}\n{\"op\":\"mmap\",\"op\":\"mmap\"}", "line 2: a key stands twice")]
    [InlineData("{\"case\":\"x\",\"base\":\"0x200000000000\"}\n{", "line 2: not JSON at byte 1")]
    [InlineData("{\"case\":\"x\",\"base\":\"0x200000000000\"}\n{\"op\":\"munmap\",\"a\":0,\"n\":\"4\"}", "line 2: 'n' is \"4\", not a whole number")]
    public void ABadScriptIsOneLineWithItsPlace(string text, string problem)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        Should.Throw<ScriptException>(() => Script.Compare(file, BuiltIn.AddressSpaces)).Message.ShouldContain(problem);
        Should.Throw<ScriptException>(() => Script.Emit(file, BuiltIn.AddressSpaces).ToList()).Message.ShouldStartWith(file);
        File.Delete(file);
    }

    private static string PathOf(string name) => Path.Combine(_folder, name + ".jsonl.gz");

    private static string[] Lines(string name)
    {
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(PathOf(name)), System.IO.Compression.CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
