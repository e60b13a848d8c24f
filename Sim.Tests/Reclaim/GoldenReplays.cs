using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Reclaim.Replay;
using Sim.Lab;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Reclaim;

/// <summary>
/// Replay against recorded miss counts, those of libCacheSim and of references of our own: every trace and every size, exactly but where a
/// row of <see cref="Peer"/> says how far a policy may be off.
/// </summary>
public sealed class GoldenReplays
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "replacement");
    internal static readonly string[] Traces = ["loop6k", "loops2", "phases", "scanzipf", "stackdist", "zipf10_20k"];
    private static readonly ConcurrentDictionary<string, PageTrace> Cache = new();

    /// <summary>The columns of the reference counts, with the policy that each is.</summary>
    private static readonly (string Column, string Policy)[] OwnReferences =
    [
        ("LRU", "lru"), ("FIFO", "fifo"), ("CLOCK_refbit0", "clock(set-on-load=false)"), ("CLOCK_refbit1", "clock"), ("OPT", "opt"), ("SIEVE", "sieve"),
        ("LFU", "lfu"),
    ];

    /// <summary>What libCacheSim calls a policy, its parameters there, what we call it, and the share of its misses by which we may differ.</summary>
    private static readonly (string Algorithm, string Parameters, string Policy, double Tolerance)[] Peer =
    [
        ("LRU", "-", "lru", 0), ("FIFO", "-", "fifo", 0), ("Clock", "-", "clock(set-on-load=false)", 0), ("Belady", "-", "opt", 0), ("ARC", "-", "arc", 0),
        ("Sieve", "-", "sieve", 0), ("LFU", "-", "lfu", 0), ("TwoQ", "-", "2q", 0), ("S3FIFO", "-", "s3-fifo", 0),
        ("SLRU", "-", "slru", 0), ("LIRS", "-", "lirs(variant=libcachesim)", 0), ("LIRS", "-", "lirs", 0.001),
        ("Clock", "n-bit-counter=2", "clock(bits=2,set-on-load=false)", 0), ("WTinyLFU", "-", "w-tinylfu", 0.02),
    ];

    public static TheoryData<string, string, int, long> ReferenceCounts
    {
        get
        {
            var data = new TheoryData<string, string, int, long>();
            foreach (string trace in Traces)
            {
                string[][] rows = Rows(trace + ".ref_misses.csv");
                foreach (var (column, policy) in OwnReferences)
                {
                    int index = Array.IndexOf(rows[0], column);
                    foreach (string[] row in rows.Skip(1)) data.Add(trace, policy, Number(row[0]), Number(row[index]));
                }
            }
            return data;
        }
    }

    public static TheoryData<string, string, int, long, double> PeerCounts
    {
        get
        {
            var data = new TheoryData<string, string, int, long, double>();
            foreach (string[] row in Rows("libcachesim_misses.csv").Skip(1))
            {
                foreach (var (_, _, policy, tolerance) in Peer.Where(peer => peer.Algorithm == row[1] && peer.Parameters == row[2]))
                    data.Add(row[0], policy, Number(row[3]), Number(row[5]), tolerance);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceCounts))]
    public void ReplayEqualsTheReferenceCounts(string trace, string policy, int frames, long misses) =>
        Misses(Read(trace), policy, frames).ShouldBe(misses);

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void ReplayEqualsThePeer(string trace, string policy, int frames, long misses, double tolerance)
    {
        long own = Misses(Read(trace), policy, frames);
        if (tolerance == 0) own.ShouldBe(misses);
        else ((double)own).ShouldBe(misses, tolerance * misses);
    }

    /// <summary>The sizes at which a trace's counts are known, in frames.</summary>
    internal static int[] Sizes(string trace) => [.. Rows(trace + ".ref_misses.csv").Skip(1).Select(row => Number(row[0]))];

    internal static PageTrace Read(string trace) => Cache.GetOrAdd(trace, name => PageTrace.Read(Path.Combine(Folder, name + ".txt.gz")));

    internal static long Misses(PageTrace trace, string policy, int frames)
    {
        PolicyChoice choice = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy);
        IReferenceFuture? future = choice.Entry.NeedsFuture ? new ReferenceFuture(trace.References, trace.DistinctPages) : null;
        IReplay replay = ReplayFactory.Create(choice, trace.DistinctPages, frames, 1, future);
        replay.Run(trace.References);
        replay.CheckInvariants();
        return replay.Misses;
    }

    /// <summary>What libCacheSim's policy misses, with its default parameters.</summary>
    internal static long PeerMisses(string algorithm, string trace, int frames) => Number(
        Rows("libcachesim_misses.csv").Single(row => row[0] == trace && row[1] == algorithm && row[2] == "-" && row[3] == $"{frames}")[5]);

    private static string[][] Rows(string file) => [.. File.ReadLines(Path.Combine(Folder, file)).Select(line => line.Split(','))];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
