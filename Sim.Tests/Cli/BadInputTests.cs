using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Shouldly;
using Xunit;

namespace Sim.Tests.Cli;

/// <summary>Whatever is wrong with its input, the program says in one line where and what to do, exits with 2 and leaves no results.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Study = """
        seed: 1
        machine: {memory: 4MiB}
        policies: {reclaim: lru}
        workload:
          - process: p
            program:
              - mmap: {name: h, size: 2MiB}
              - access: {region: h, model: uniform, count: 2000}
        """;

    private readonly SimProcess _sim = new();

    public BadInputTests()
    {
        _sim.Write("study.yaml", Study);
        _sim.Write("file", "a regular file");
        string[] lines = [.. Enumerable.Range(0, 3000).Select(i => ((i * 7919) % 977).ToString())];
        _sim.Write("good.txt", string.Join('\n', lines) + "\n");
        _sim.Write("empty.txt", "");
        File.WriteAllBytes(_sim.PathOf("zeros"), new byte[4096]);
        byte[] packed = Packed(string.Join('\n', lines));
        File.WriteAllBytes(_sim.PathOf("truncated.gz"), packed[..(packed.Length / 2)]);
        byte[] script = Packed("{\"case\":\"one\",\"base\":\"0x200000000000\"}\n{\"op\":\"munmap\",\"a\":0,\"n\":1}\n{\"op\":\"munmap\",\"a\":0,\"n\":1}\n{\"final\":[]}\n");
        File.WriteAllBytes(_sim.PathOf("truncated.jsonl.gz"), script[..^9]);
        lines[1233] = "12x";
        _sim.Write("letter.txt", string.Join('\n', lines) + "\n");
    }

    public void Dispose() => _sim.Dispose();

    [Theory]
    [InlineData("seed: 1", "sed: 1", ":1:1: a study has no key 'sed'; did you mean 'seed'?")]
    [InlineData("4MiB", "4", ":2:19: machine.memory: '4' has no unit; a size is written like 4MiB")]
    [InlineData("lru", "lur", ":3:21: policies.reclaim: there is no reclaim policy 'lur'; did you mean 'lru'?")]
    [InlineData("seed: 1", "seed: 1\nsweep: {machine.memory: [1KiB, 4MiB]}", ":2:26: machine.memory: 1KiB is outside of 1MiB to")]
    [InlineData("access: {region: h, model: uniform, count: 2000}", "trace: empty.txt", ":8:16: workload[0].program[1].trace: ", "holds no reference")]
    [InlineData("access: {region: h, model: uniform, count: 2000}", "trace: letter.txt", ":8:16: ", "letter.txt:1234: '12x' is not a page number")]
    [InlineData("access: {region: h, model: uniform, count: 2000}", "trace: truncated.gz", ":8:16: ", "the gzip data ends early")]
    [InlineData("access: {region: h, model: uniform, count: 2000}", "trace: \"a\\0b\"", ":8:16: ", "NUL")]
    [InlineData("access: {region: h, model: uniform, count: 2000}", "loop: {times: 200, program: [sleep: 86400s]}", ":5:3: workload: ", "30 are simulated")]
    [InlineData("size: 2MiB", "size: 16TiB", ":8:36: ", "a model takes from 1 to")]
    public void AStudyThatCannotRun(string line, string replacement, params string[] says)
    {
        _sim.Write("study.yaml", Study.Replace(line, replacement));
        ShouldRefuse(["run", "study.yaml", "--out", "results"], ["sim: study.yaml:", .. says]);
    }

    [Fact]
    public void AStudyThatIsNoText()
    {
        File.WriteAllBytes(_sim.PathOf("study.yaml"), [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 37 ^ 0xA5))]);
        ShouldRefuse(["run", "study.yaml", "--out", "results"], "sim: study.yaml:1:", "not UTF-8");
    }

    [Theory]
    [InlineData("run none.yaml --out results", "none.yaml: there is no such file")]
    [InlineData("run study.yaml --out results --set machine.memry=1MiB", "--set machine.memry=1MiB: machine has no key 'memry'; did you mean 'memory'?")]
    [InlineData("run study.yaml --out results --jobs many", "--jobs: 'many' is not a whole number")]
    [InlineData("run study.yaml --out results --check 5", "--check: '5' is not a time")]
    [InlineData("run study.yaml --out file/results", "file/results: cannot be written", "--out")]
    [InlineData("run study.yaml --out /proc/nope", "sim: /proc/nope: cannot be written (no such folder can be made); choose another folder with --out")]
    [InlineData("script none.jsonl", "sim: none.jsonl: there is no such file")]
    [InlineData("script truncated.jsonl.gz", "sim: truncated.jsonl.gz, line 4: the gzip data ends early in this line")]
    [InlineData("script letter.txt", "sim: letter.txt, line 1: a line is a JSON object, such as ")]
    [InlineData("run --foo", "there is no option '--foo'")]
    [InlineData("rnu study.yaml", "there is no verb 'rnu'; did you mean 'run'?")]
    [InlineData("rnu --help", "there is no verb 'rnu'; did you mean 'run'?")]
    [InlineData("", "a verb is missing")]
    [InlineData("replay empty.txt --policy lru --frames 10", "empty.txt: the trace holds no reference")]
    [InlineData("replay truncated.gz --policy lru --frames 10", "truncated.gz:", "the gzip data ends early after line")]
    [InlineData("replay letter.txt --policy lru --frames 10", "letter.txt:1234: '12x' is not a page number")]
    [InlineData("replay good.txt --policy lur --frames 10", "--policy lur: there is no reclaim policy 'lur'; did you mean 'lru'?")]
    [InlineData("replay good.txt --policy lru --frames 0", "--frames: '0' is not a number of frames")]
    [InlineData("replay good.txt --policy lru --frames 10 --format champsin", "--format: there is no format 'champsin'; did you mean 'champsim'?")]
    [InlineData("replay good.txt --policy lru --frames 10 --format oracle-general", "good.txt: at byte 0: the next request is ")]
    [InlineData("replay zeros --policy lru --frames 10", "zeros: the content does not tell", "say --format u32 or --format u64")]
    [InlineData("program none.p0.gz", "none.p0.gz: there is no such file")]
    [InlineData("program truncated.gz", "truncated.gz: at byte 0: the file does not begin with SIMPROG1")]
    [InlineData("program good.txt --set machine.memry=1GiB", "--set machine.memry=1GiB: there is no key 'machine.memry'; did you mean 'machine.memory'?")]
    [InlineData("program good.txt --set machine.memory=1KiB", "--set machine.memory=1KiB: the memory lies between 1MiB and 1TiB")]
    [InlineData("describe clok", "there is no 'clok'; did you mean 'clock'?")]
    [InlineData("plot file", "file/runs.parquet: there is no such file; run `sim run")]
    [InlineData("plot file --y fault_rate", "--y goes with --x, which is missing")]
    [InlineData("notebook run none.ipynb", "none.ipynb: there is no such file")]
    public void ACommandThatCannotBeDone(string command, params string[] says) =>
        ShouldRefuse(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), says);

    [Fact]
    public void AnEmptyArgument() => ShouldRefuse(["run", "study.yaml", "--out", ""], "argument 4 is empty");

    [Fact]
    public void APlotThatCannotBeWritten()
    {
        _sim.Run("run", "study.yaml", "--out", "done").Code.ShouldBe(0);
        ShouldRefuse(["plot", "done", "--x", "machine.memory", "--out", "file/plot.svg"], "sim: file/plot.svg: cannot be written", "--out");
    }

    [Fact]
    public void ADamagedTable()
    {
        Directory.CreateDirectory(_sim.PathOf("damaged"));
        _sim.Write("damaged/runs.parquet", "PAR1 and what follows is none of it");
        ShouldRefuse(["plot", "damaged"], "damaged/runs.parquet: ");
    }

    private void ShouldRefuse(string[] arguments, params string[] says)
    {
        Ended ended = _sim.Run(arguments);
        ended.Error.TrimEnd('\n').ShouldNotContain("\n");
        foreach (string part in says) ended.Error.ShouldContain(part);
        ended.Error.ShouldStartWith("sim: ");
        ended.Out.ShouldBeEmpty();
        ended.Code.ShouldBe(2);
        Directory.Exists(_sim.PathOf("results")).ShouldBeFalse();
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.ASCII.GetBytes(text));
        return packed.ToArray();
    }
}
