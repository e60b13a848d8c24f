using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab;
using Sim.Lab.Execution;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Reclaim;

/// <summary>However a trace is replayed, the misses are the same.</summary>
public sealed class ReplaySweepTests
{
    private const int Pages = 200_000;
    private static readonly byte[] Trace = MakeTrace();

    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("reclaim").Select(entry => entry.Name));

    /// <summary>More references than a block and more pages than there is room for at first; ids stand in the order of their first appearance, so that they are their numbers.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void ReadMeanwhileOrKeptOrSparseOnOneCoreOrTwo(string policy)
    {
        int[] frames = [1_000, 70_000, 150_000];
        IReadOnlyList<ReplayRow> kept = Sweep(policy, 1).Run(Kept(), frames).Rows;
        kept.Select(row => row.Frames).ShouldBe(frames);
        Sweep(policy, 2).Run(Kept(), frames).Rows.ShouldBe(kept);
        if (Sweep(policy, 1).NeedsFuture is not null) return;
        using NumberedTrace read = Opened();
        ReplayResult meanwhile = Sweep(policy, 2).Run(read, frames);
        meanwhile.Rows.ShouldBe(kept);
        meanwhile.Pages.ShouldBe(Pages);
        using TraceReader sparse = TraceFile.Open(new MemoryStream(Trace), "t", new TraceOptions(TraceFormat.U32));
        Sweep(policy, 2).RunSparse(sparse, frames).Rows.ShouldBe(kept);
    }

    [Fact]
    public void SeveralPoliciesStandInTheOrderTheyWereGivenIn()
    {
        IReadOnlyList<ReplayRow> rows = new ReplaySweep(BuiltIn.Policies, ["lru", "clock(set-on-load=false)", "fifo"], 1, 3).Run(Kept(), [50, 10]).Rows;
        rows.Select(row => $"{row.Policy} {row.Frames}").ShouldBe(
            ["lru 50", "lru 10", "clock(set-on-load=false) 50", "clock(set-on-load=false) 10", "fifo 50", "fifo 10"]);
    }

    /// <summary>From four sizes on LRU is not replayed, but taken from its stack distances.</summary>
    [Fact]
    public void ManySizesOfLruAreTheReplaysOfEach()
    {
        int[] frames = [1, 7, 1_000, 60_000, 150_000, 199_999, 200_000, 300_000];
        IReadOnlyList<ReplayRow> together = new ReplaySweep(BuiltIn.Policies, ["fifo", "lru"], 1, 2).Run(Kept(), frames).Rows;
        IReadOnlyList<ReplayRow> alone = [.. frames.Select(size => Sweep("lru", 1).Run(Kept(), [size]).Rows.Single())];
        together.Where(row => row.Policy == "lru").ShouldBe(alone);
        together.Select(row => $"{row.Policy} {row.Frames}").ShouldBe([.. frames.Select(size => $"fifo {size}"), .. frames.Select(size => $"lru {size}")]);
    }

    [Fact]
    public void ATraceThatBreaksOffStopsTheReplaysAndIsNamed()
    {
        using var trace = new NumberedTrace(TraceFile.Open(new MemoryStream(Trace[..^1]), "t", new TraceOptions(TraceFormat.U32)));
        Should.Throw<TraceFormatException>(() => Sweep("lru", 2).Run(trace, [10])).Message.ShouldStartWith($"t: at byte {Trace.Length - 4}: the file ends 3 bytes into");
    }

    [Fact]
    public void PoliciesAreSplitAtCommasOutsideOfParentheses() =>
        PolicyList.Split(" lru, clock(bits=2,set-on-load=false) ,,fifo").ShouldBe(["lru", "clock(bits=2,set-on-load=false)", "fifo"]);

    private static ReplaySweep Sweep(string policy, int jobs) => new(BuiltIn.Policies, [policy], 1, jobs);

    private static NumberedTrace Opened() => new(TraceFile.Open(new MemoryStream(Trace), "t", new TraceOptions(TraceFormat.U32)));

    private static PageTrace Kept()
    {
        using NumberedTrace trace = Opened();
        return PageTrace.Read(trace);
    }

    private static byte[] MakeTrace()
    {
        var random = new Random(3);
        var trace = new byte[1_300_000 * sizeof(uint)];
        int pages = 0;
        for (int i = 0; i < trace.Length; i += sizeof(uint))
        {
            int page = pages < Pages && random.Next(5) == 0 ? pages++ : (int)(pages * random.NextDouble() * random.NextDouble());
            if (pages == 0) pages = 1;
            BitConverter.TryWriteBytes(trace.AsSpan(i), page);
        }
        return trace;
    }
}
