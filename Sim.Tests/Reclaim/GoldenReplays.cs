using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Reclaim.Replay;
using Sim.Lab;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Reclaim;

/// <summary>Replay against the recorded miss counts of an independent simulator and of references of our own: every trace, every size, exactly.</summary>
public sealed class GoldenReplays
{
    private static readonly string Folder = Path.Combine(System.AppContext.BaseDirectory, "Data", "replacement");
    internal static readonly string[] Traces = ["loop6k", "loops2", "phases", "scanzipf", "stackdist", "zipf10_20k"];

    /// <summary>The columns of the reference counts that built-in policies have, with the policy that each is.</summary>
    private static readonly (string Column, string Policy)[] OwnReferences =
        [("LRU", "lru"), ("FIFO", "fifo"), ("CLOCK_refbit0", "clock(set-on-load=false)"), ("CLOCK_refbit1", "clock"), ("OPT", "opt")];

    private static readonly (string Algorithm, string Policy)[] Peer =
        [("LRU", "lru"), ("FIFO", "fifo"), ("Clock", "clock(set-on-load=false)"), ("ARC", "arc"), ("Belady", "opt")];

    public static TheoryData<string> AllTraces => new(Traces);

    [Theory]
    [MemberData(nameof(AllTraces))]
    public void ReplayEqualsTheReferenceCounts(string trace)
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(Folder, trace + ".ref_misses.csv")).Select(line => line.Split(','))];
        PageTrace pages = Read(trace);
        foreach (string[] row in rows.Skip(1))
        {
            foreach (var (column, policy) in OwnReferences)
                Misses(pages, policy, int.Parse(row[0])).ShouldBe(long.Parse(row[System.Array.IndexOf(rows[0], column)]), $"{policy} with {row[0]} frames");
        }
    }

    [Theory]
    [MemberData(nameof(AllTraces))]
    public void ReplayEqualsThePeer(string trace)
    {
        PageTrace pages = Read(trace);
        var rows = File.ReadLines(Path.Combine(Folder, "libcachesim_misses.csv")).Skip(1).Select(line => line.Split(','))
            .Where(row => row[0] == trace && row[2] == "-").ToArray();
        int compared = 0;
        foreach (string[] row in rows)
        {
            string? policy = Peer.FirstOrDefault(pair => pair.Algorithm == row[1]).Policy;
            if (policy is null) continue;
            Misses(pages, policy, int.Parse(row[3])).ShouldBe(long.Parse(row[5]), $"{policy} with {row[3]} frames");
            compared++;
        }
        compared.ShouldBe(Peer.Length * 7);
    }

    /// <summary>The sizes at which a trace's counts are known, in frames.</summary>
    internal static int[] Sizes(string trace) =>
        [.. File.ReadLines(Path.Combine(Folder, trace + ".ref_misses.csv")).Skip(1).Select(line => int.Parse(line.Split(',')[0]))];

    internal static PageTrace Read(string trace) => PageTrace.Read(Path.Combine(Folder, trace + ".txt.gz"));

    internal static long Misses(PageTrace trace, string policy, int frames)
    {
        PolicyChoice choice = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy);
        IReferenceFuture? future = choice.Entry.NeedsFuture ? new ReferenceFuture(trace.References, trace.DistinctPages) : null;
        IReplay replay = ReplayFactory.Create(choice, trace.DistinctPages, frames, 1, future);
        replay.Run(trace.References);
        replay.CheckInvariants();
        return replay.Misses;
    }
}
