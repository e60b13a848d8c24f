using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Lab.Curves;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>The miss-ratio curve of LRU, every size in one pass, exact and from samples. The yardstick simulates one size.</summary>
public sealed class MissRatioCurveBenchmarks : IBenchmark
{
    private const int BlockLength = 4096;

    public string Name => "mrc";

    public IEnumerable<Row> Run(Session session)
    {
        ReferenceStream stream = session.Zipf;
        ulong seed = 0; // another sample in every round: what it costs hangs on whether the hottest page is in it
        ulong[] ids = [.. stream.Pages.Select(page => (ulong)page)];
        (string What, double? Target, Contender Contender)[] rows =
        [
            ("mrc: exact, every size", 1.3, new Contender("exact", () => Exact(stream))),
            ("mrc: working sets of all windows and footprint", null, new Contender("working sets", () => WorkingSets(stream))),
            ("mrc: sampled at 1 %", 60, new Contender("1 %", () => Sampled(ids, new ShardsSample(0.01, seed: ++seed)))),
            ("mrc: sampled, at most 8192 pages", null, new Contender("8192 pages", () => Sampled(ids, new ShardsSample(1, 8192, ++seed)))),
        ];
        var results = Medians.Race(session, session.Yardstick(stream), [.. rows.Select(row => row.Contender)]);
        return rows.Zip(results, (row, result) => new Row(row.What, "x yardstick", row.Target, result.Ratio, Remark: Table.Rate(result.PerSecond.Median, "refs")));
    }

    private static Func<long> Exact(ReferenceStream stream)
    {
        var distances = new StackDistances();
        return () =>
        {
            stream.InBlocks(0, stream.Pages.Length, block => distances.Run(block, stream.Bound));
            long misses = distances.Misses()[stream.Frames];
            if (stream.LruMisses is { } known && known != misses) throw new InvalidOperationException($"the curve has {misses} misses, the yardstick {known}");
            return stream.Pages.Length;
        };
    }

    private static Func<long> WorkingSets(ReferenceStream stream)
    {
        var intervals = new ReuseIntervals();
        return () =>
        {
            stream.InBlocks(0, stream.Pages.Length, block => intervals.Run(block, stream.Bound));
            return intervals.WorkingSets().Count > 0 ? stream.Pages.Length : 0;
        };
    }

    private static Func<long> Sampled(ulong[] ids, ShardsSample sample) => () =>
    {
        for (int at = 0; at < ids.Length; at += BlockLength) sample.Run(ids.AsSpan(at, Math.Min(BlockLength, ids.Length - at)));
        return sample.Curve().Count > 0 ? ids.Length : 0;
    };
}
