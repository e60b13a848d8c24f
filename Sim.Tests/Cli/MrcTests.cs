using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Shouldly;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Cli;

/// <summary>What `sim mrc` prints, writes and refuses.</summary>
public sealed class MrcTests : IDisposable
{
    private readonly SimProcess _sim = new();

    public MrcTests() => _sim.Write("belady.txt", "1\n2\n3\n4\n1\n2\n5\n1\n2\n3\n4\n5\n");

    public void Dispose() => _sim.Dispose();

    [Fact]
    public void TheWholeCurveIsInTheDocumentAndTheTables()
    {
        Ended ended = _sim.Run("mrc", "belady.txt", "--policy", "fifo,opt", "--sizes", "3,80%", "--out", "curves", "--json");
        ended.Error.ShouldBeEmpty();
        ended.Code.ShouldBe(0);
        using JsonDocument document = JsonDocument.Parse(ended.Out);
        JsonElement root = document.RootElement;
        root.GetProperty("lru").EnumerateArray().Select(point => point.GetProperty("misses").GetInt64()).ShouldBe([12, 12, 10, 8, 5]);
        root.GetProperty("results").EnumerateArray().Select(row => row.GetProperty("misses").GetInt64()).ShouldBe([9, 10, 7, 6]);
        root.GetProperty("footprint").EnumerateArray().Last().GetProperty("pages").GetInt64().ShouldBe(5);
        Directory.GetFiles(_sim.PathOf("curves")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["footprint.parquet", "mrc.parquet", "mrc.svg", "policies.parquet", "working-set.parquet"]);
        using FileStream table = File.OpenRead(_sim.PathOf("curves/mrc.parquet"));
        ParquetReader.Open(table).ReadColumn<double>("misses").Values.ToArray().ShouldBe([12, 12, 10, 8, 5]);
    }

    [Fact]
    public void TheCurveIsPrintedAsReplaysWouldBe() => _sim.Run("mrc", "belady.txt", "--csv").Out.ShouldBe(
        _sim.Run("replay", "belady.txt", "--policy", "lru", "--frames", "1,2,3,4,5", "--csv").Out);

    [Fact]
    public void ASampleSaysHowFarItMayBeOff()
    {
        _sim.Write("long.txt", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i * i % 4001}\n")));
        Ended ended = _sim.Run("mrc", "long.txt", "--sample-size", "200");
        ended.Code.ShouldBe(0);
        ended.Out.ShouldContain("with 95 % confidence");
        ended.Out.ShouldContain("from 200 of them");
    }

    [Theory]
    [InlineData("mrc none.txt", "none.txt: there is no such file")]
    [InlineData("mrc belady.txt --sample 0", "--sample: '0' is no share of the pages; write 1% or 0.01")]
    [InlineData("mrc belady.txt --sample 150%", "--sample: '150%' is no share")]
    [InlineData("mrc belady.txt --sample-size 3", "--sample-size: 3 is too few")]
    [InlineData("mrc belady.txt --policy lru", "--policy and --sizes belong together")]
    [InlineData("mrc belady.txt --policy lur --sizes 3", "--policy lur: there is no reclaim policy 'lur'")]
    [InlineData("mrc belady.txt --policy lru --sizes 3 --sample 1%", "--policy replays every reference")]
    [InlineData("mrc belady.txt --out belady.txt/curves", "belady.txt/curves", "cannot be written", "--out")]
    public void WhatCannotBeDoneIsSaidInOneLine(string command, params string[] says)
    {
        Ended ended = _sim.Run(command.Split(' '));
        ended.Code.ShouldBe(2);
        ended.Out.ShouldBeEmpty();
        ended.Error.TrimEnd('\n').ShouldNotContain("\n");
        foreach (string part in says) ended.Error.ShouldContain(part);
    }
}
