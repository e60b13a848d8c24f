using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Lab;
using Sim.Lab.Execution;
using Sim.Lab.Traces;
using Sim.Tests.Workloads;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Traces;

/// <summary>A trace in another format is the same string of references; what cannot be converted leaves nothing behind.</summary>
public sealed class TraceConversionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("traces-").FullName;

    private string Out => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void EveryFormatBecomesEveryOtherWithTheSameIdsAndTheSameMisses()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed =>
        {
            var random = new Random(seed.Get);
            ulong[] pages = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => 1 + ((ulong)random.NextInt64(uint.MaxValue) >> random.Next(32)))];
            ulong[] ids = [.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => pages[random.Next(pages.Length)])];
            IReadOnlyList<long> misses = Misses(TraceForms.Of(TraceFormat.U64, ids), TraceFormat.U64);
            foreach (TraceFormat from in Enum.GetValues<TraceFormat>())
            {
                foreach (TraceFormat to in TraceWriter.Formats)
                {
                    byte[] source = TraceForms.Of(from, ids);
                    bool isNumbered = random.Next(2) == 0;
                    Convert(random.Next(2) == 0 ? TraceForms.Gzip(source) : source, from, new TraceConversion(to, random.Next(2) == 0, isNumbered)).ShouldBe(ids.Length);
                    byte[] written = File.ReadAllBytes(Out);
                    TraceForms.Ids(Open(written, to)).ShouldBe(isNumbered ? Numbered(ids) : ids, $"{from} to {to}");
                    Misses(written, to).ShouldBe(misses, $"{from} to {to}");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3));
    }

    [Fact]
    public void TheLargestIdsAndBlocksOfManyAreWritten()
    {
        var random = new Random(3);
        ulong[] ids = [ulong.MaxValue, 0, .. Enumerable.Range(0, 150_000).Select(_ => (ulong)random.NextInt64() << random.Next(2)), ulong.MaxValue];
        foreach (TraceFormat to in new[] { TraceFormat.Text, TraceFormat.U64 })
        {
            Convert(TraceForms.Of(TraceFormat.U64, ids), TraceFormat.U64, new TraceConversion(to, true, false)).ShouldBe(ids.Length);
            TraceForms.Ids(Open(File.ReadAllBytes(Out), to)).ShouldBe(ids);
        }
    }

    [Fact]
    public void TheSameReferencesArePackedToTheSameBytes()
    {
        var random = new Random(5);
        ulong[] ids = [.. Enumerable.Range(0, 100_000).Select(_ => 1 + (ulong)random.Next(5000))];
        foreach (TraceFormat to in TraceWriter.Formats)
        {
            var files = new HashSet<string>();
            foreach (TraceFormat from in Enum.GetValues<TraceFormat>())
            {
                Convert(TraceForms.Of(from, ids), from, new TraceConversion(to, true, false));
                files.Add(System.Convert.ToHexString(File.ReadAllBytes(Out)));
            }
            files.Count.ShouldBe(1);
        }
    }

    [Fact]
    public void AnIdThatFourBytesDoNotHoldIsNamed()
    {
        byte[] trace = TraceForms.Of(TraceFormat.Text, [.. Enumerable.Repeat((ulong)uint.MaxValue, 70_000), 1UL << 32]);
        Should.Throw<TraceFormatException>(() => Convert(trace, TraceFormat.Text, new TraceConversion(TraceFormat.U32, false, false))).Message.ShouldBe(
            "t: reference 70001 is to page 4294967296, and u32 holds page ids up to 4294967295; write u64 or text, or number the pages with --number");
        Directory.GetFiles(_folder).ShouldBeEmpty();
        Convert(trace, TraceFormat.Text, new TraceConversion(TraceFormat.U32, false, true)).ShouldBe(70_001);
    }

    [Fact]
    public void ADamagedTraceLeavesTheFileThatWasThere()
    {
        File.WriteAllText(Out, "as it was");
        byte[] packed = TraceForms.Gzip(TraceForms.Of(TraceFormat.Text, [.. Enumerable.Range(0, 300_000).Select(i => (ulong)i * 7919 % 100_003)]));
        foreach (bool isPacked in new[] { false, true })
        {
            Should.Throw<TraceFormatException>(() => Convert(packed[..^9], TraceFormat.Text, new TraceConversion(TraceFormat.U64, isPacked, false))).Message.ShouldContain("ends early");
            Directory.GetFiles(_folder).ShouldBe([Out]);
            File.ReadAllText(Out).ShouldBe("as it was");
        }
    }

    [Fact]
    public void WhatIsOnlyReadIsNotWritten() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new TraceWriter(Stream.Null, TraceFormat.ChampSim)).Message.ShouldContain("is read, but not written");

    private long Convert(byte[] source, TraceFormat format, TraceConversion conversion)
    {
        using TraceReader reader = Open(source, format);
        return conversion.Write(reader, Out);
    }

    private static IReadOnlyList<long> Misses(byte[] trace, TraceFormat format)
    {
        using var numbered = new NumberedTrace(Open(trace, format));
        return [.. new ReplaySweep(BuiltIn.Policies, ["lru", "arc"], 1, 1).Run(numbered, [1, 5, 17]).Rows.Select(row => row.Misses)];
    }

    private static ulong[] Numbered(ulong[] ids)
    {
        var numbers = new Dictionary<ulong, ulong>();
        return [.. ids.Select(id => numbers.TryGetValue(id, out ulong known) ? known : numbers[id] = (ulong)numbers.Count)];
    }

    private static TraceReader Open(byte[] data, TraceFormat format) => TraceFile.Open(new MemoryStream(data), "t", new TraceOptions(format));
}
