using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using Shouldly;
using Sim.Tests.Workloads;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Cli;

/// <summary>What `sim trace` prints, writes and refuses.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly SimProcess _sim = new();

    public TraceTests()
    {
        ulong[] ids = [.. Enumerable.Range(0, 3000).Select(i => 1 + (ulong)(i * 7919 % 977))];
        byte[] packed = TraceForms.Gzip(TraceForms.Of(TraceFormat.Text, ids));
        File.WriteAllBytes(_sim.PathOf("t.txt.gz"), packed);
        File.WriteAllBytes(_sim.PathOf("truncated.gz"), packed[..(packed.Length / 2)]);
        _sim.Write("large.txt", "1\n4294967296\n");
        _sim.Write("zeros.txt", "0\n0\n0\n0\n");
        _sim.Write("empty.txt", "");
    }

    public void Dispose() => _sim.Dispose();

    [Fact]
    public void TheDocumentHoldsWhatTheTraceDoes()
    {
        Ended ended = _sim.Run("trace", "info", "t.txt.gz", "--json");
        ended.Error.ShouldBeEmpty();
        ended.Code.ShouldBe(0);
        using JsonDocument document = JsonDocument.Parse(ended.Out);
        JsonElement root = document.RootElement;
        root.GetProperty("format").GetString().ShouldBe("text");
        root.GetProperty("packed").GetBoolean().ShouldBeTrue();
        root.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(_sim.PathOf("t.txt.gz")).Length);
        root.GetProperty("refs").GetInt64().ShouldBe(3000);
        root.GetProperty("pages").GetInt64().ShouldBe(977);
        root.GetProperty("highest_page").GetInt64().ShouldBe(977);
        root.GetProperty("share_repeated").GetDouble().ShouldBe(0);
    }

    [Fact]
    public void TheTableBeginsAsAReplayDoes()
    {
        string table = _sim.Run("trace", "info", "zeros.txt").Out;
        table.ShouldStartWith("zeros.txt, read as text: 4 references to 1 pages\nbytes  ");
        table.ShouldContain("share of references to the page just referenced     0.750000\n");
    }

    [Theory]
    [InlineData("a.u32", "--number", "a.u32: 3,000 references as u32\n", TraceFormat.U32)]
    [InlineData("a.u64.gz", "--gzip", "a.u64.gz: 3,000 references as u64\n", TraceFormat.U64)]
    [InlineData("a", "--to=text", "a: 3,000 references as text\n", TraceFormat.Text)]
    public void AReplayOfWhatWasWrittenHasTheSameMisses(string path, string option, string says, TraceFormat format)
    {
        Ended ended = _sim.Run("trace", "convert", "t.txt.gz", path, option);
        ended.Error.ShouldBeEmpty();
        ended.Out.ShouldBe(says);
        using (TraceReader reader = TraceFile.Open(_sim.PathOf(path)))
        {
            reader.Format.ShouldBe(format);
            reader.IsPacked.ShouldBe(path.EndsWith(".gz", StringComparison.Ordinal));
        }
        string[] replay = ["--policy", "lru,arc", "--frames", "10,10%", "--csv"];
        _sim.Run(["replay", path, .. replay]).Out.ShouldBe(_sim.Run(["replay", "t.txt.gz", .. replay]).Out.Replace("t.txt.gz", path));
    }

    [Fact]
    public void AFileWhoseContentDoesNotTellItsFormatIsSaidToNeedTheOption() =>
        _sim.Run("trace", "convert", "zeros.txt", "zeros.u32").Out.ShouldBe("zeros.u32: 4 references as u32; its content does not tell so, read it with --format u32\n");

    [Fact]
    public void APipeIsConverted()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "sim.dll");
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat t.txt.gz | dotnet \"$0\" trace convert /dev/stdin piped.txt.gz", program])
        {
            WorkingDirectory = _sim.PathOf("."),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        SimProcess.End(shell).Out.ShouldBe("piped.txt.gz: 3,000 references as text\n");
        using TraceReader piped = TraceFile.Open(_sim.PathOf("piped.txt.gz")), original = TraceFile.Open(_sim.PathOf("t.txt.gz"));
        TraceForms.Ids(piped).ShouldBe(TraceForms.Ids(original));
    }

    [Theory]
    [InlineData("trace convert t.txt.gz out.bin", "out.bin: the name does not tell the format; end it in .txt, .u32 or .u64")]
    [InlineData("trace convert t.txt.gz out.u32 --to u16", "--to: 'u16' is no format that is written; there is: text, u32, u64")]
    [InlineData("trace convert t.txt.gz ./t.txt.gz", "./t.txt.gz is the trace itself; name another file to write")]
    [InlineData("trace convert t.txt.gz none/out.u32", "none/out.u32: there is no folder ")]
    [InlineData("trace convert t.txt.gz /proc/out.u32", "/proc/out.u32: cannot be written (", "); name another file to write")]
    [InlineData("trace convert t.txt.gz /dev/stdout --to text", "/dev/stdout: cannot be written (a device would be replaced by a file); name another file to write")]
    [InlineData("trace convert t.txt.gz .. --to u32", ".. is a folder; name a file to write")]
    [InlineData("trace convert truncated.gz out.u32", "truncated.gz:", "the gzip data ends early after line")]
    [InlineData("trace convert empty.txt out.u32", "empty.txt: the trace holds no reference")]
    [InlineData("trace convert none.txt out.u32", "none.txt: there is no such file")]
    [InlineData("trace convert large.txt out.u32.gz", "large.txt: reference 2 is to page 4294967296", "--number")]
    [InlineData("trace convert t.txt.gz", "Required argument 'out' missing", "Try `sim trace convert --help`.")]
    [InlineData("trace info truncated.gz", "truncated.gz:", "the gzip data ends early after line")]
    [InlineData("trace info empty.txt", "empty.txt: the trace holds no reference")]
    [InlineData("trace inf", "there is no verb 'inf'; did you mean 'info'?")]
    public void WhatCannotBeDoneIsSaidInOneLineAndNothingIsWritten(string command, params string[] says)
    {
        string[] before = Directory.GetFiles(_sim.PathOf("."));
        Ended ended = _sim.Run(command.Split(' '));
        ended.Code.ShouldBe(2);
        ended.Out.ShouldBeEmpty();
        ended.Error.TrimEnd('\n').ShouldNotContain("\n");
        foreach (string part in says) ended.Error.ShouldContain(part);
        Directory.GetFiles(_sim.PathOf(".")).ShouldBe(before, ignoreOrder: true);
    }
}
