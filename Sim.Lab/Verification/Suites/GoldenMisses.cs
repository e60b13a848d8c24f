using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Sim.Lab.Curves;
using Sim.Workloads.Traces;

namespace Sim.Lab.Verification.Suites;

/// <summary>Replay against recorded miss counts: libCacheSim's and references of our own. Each check sums the misses of all sizes, which must all be equal.</summary>
internal static class GoldenMisses
{
    private static readonly (string Column, string Policy)[] Columns =
        [("LRU", "lru"), ("FIFO", "fifo"), ("CLOCK_refbit0", "clock(set-on-load=false)"), ("CLOCK_refbit1", "clock"), ("OPT", "opt"), ("SIEVE", "sieve"),
            ("LFU", "lfu")];

    private static readonly (string Algorithm, string Policy)[] Peer =
        [("ARC", "arc"), ("TwoQ", "2q"), ("S3FIFO", "s3-fifo"), ("SLRU", "slru"), ("LIRS", "lirs(variant=libcachesim)")];

    public static IEnumerable<VerificationCheck> Run(RecordedData data, bool isQuick)
    {
        string[] peerRows = File.ReadAllLines(Path.Combine(data.Replacement, "libcachesim_misses.csv"));
        foreach (string file in Directory.GetFiles(data.Replacement, "*.txt.gz").Order(StringComparer.Ordinal).Take(isQuick ? 2 : int.MaxValue))
        {
            PageTrace trace = PageTrace.Read(file);
            string name = Path.GetFileName(file)[..^".txt.gz".Length];
            string[][] rows = [.. File.ReadLines(Path.Combine(data.Replacement, name + ".ref_misses.csv")).Select(line => line.Split(','))];
            foreach (var (column, policy) in Columns)
            {
                int index = Array.IndexOf(rows[0], column);
                yield return Compare(trace, name, policy, rows.Skip(1).Select(row => (int.Parse(row[0]), long.Parse(row[index]))), "reference counts");
            }
            foreach (var (algorithm, policy) in Peer)
            {
                var sizes = peerRows.Select(line => line.Split(',')).Where(row => row[0] == name && row[1] == algorithm);
                yield return Compare(trace, name, policy, sizes.Select(row => (int.Parse(row[3]), long.Parse(row[5]))), "libCacheSim");
            }
            yield return WholeCurve(trace, name, Path.Combine(data.Replacement, name + ".lru_mrc.csv.gz"));
        }
    }

    /// <summary>LRU with every size, from one pass.</summary>
    private static VerificationCheck WholeCurve(PageTrace trace, string name, string file)
    {
        var distances = new StackDistances();
        distances.Run(trace.References, trace.DistinctPages);
        long[] misses = distances.Misses();
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        string[][] rows = [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
        int equal = rows.Count(row => misses[int.Parse(row[0])] == long.Parse(row[1]));
        return VerificationCheck.Exact("golden misses", $"{name}, whole lru curve: sizes with exactly the recorded misses", equal, rows.Length, "reference counts");
    }

    private static VerificationCheck Compare(PageTrace trace, string name, string policy, IEnumerable<(int Frames, long Misses)> expected, string source)
    {
        (int Frames, long Misses)[] all = [.. expected];
        int equal = all.Count(size => ReplayOf.Misses(policy, size.Frames, trace.References, trace.DistinctPages) == size.Misses);
        return VerificationCheck.Exact("golden misses", $"{name}, {policy}: sizes with exactly the recorded misses", equal, all.Length, source);
    }
}
