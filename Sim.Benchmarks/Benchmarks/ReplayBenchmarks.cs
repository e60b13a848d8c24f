using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.Contracts;
using Sim.Core.Reclaim.Replay;
using Sim.Policies.Reclaim;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// Replacement alone: the replay loop over every policy of the catalogue, with default options; and over the clock that begins with its bit clear, on which the
/// target was set.
/// </summary>
public sealed class ReplayBenchmarks : IBenchmark
{
    private static readonly Dictionary<string, double> Targets = new()
    {
        ["fifo"] = 35,
        ["clock"] = 25,
        ["clock(set-on-load=false)"] = 25,
        ["sieve"] = 30,
        ["lru"] = 12,
        ["s3-fifo"] = 10,
        ["arc"] = 6,
        ["2q"] = 6,
        ["lfu"] = 6,
        ["lirs"] = 4,
        ["w-tinylfu"] = 4,
    };

    public string Name => "replay";

    public IEnumerable<Row> Run(Session session)
    {
        ReferenceStream stream = session.Zipf;
        var catalogue = new PolicyCatalogue(typeof(Fifo).Assembly);
        string[] choices = [.. catalogue.At("reclaim").Select(policy => policy.Name).Append("clock(set-on-load=false)").Where(choice => session.Includes(choice.Split('(')[0]))];
        var results = Medians.Race(session, session.Yardstick(stream), [.. choices.Select(choice => Replay(stream, PolicyChoice.Parse(catalogue, "reclaim", choice)))]);
        return choices.Zip(results, (choice, result) => new Row($"replay: {choice}", "x yardstick",
            Targets.TryGetValue(choice, out double target) ? target : null, result.Ratio, Remark: Table.Rate(result.PerSecond.Median, "refs")));
    }

    private static Contender Replay(ReferenceStream stream, PolicyChoice choice) => new(choice.ToString(), () =>
    {
        IReferenceFuture? future = choice.Entry.NeedsFuture ? new ReferenceFuture(stream.Pages, stream.Bound) : null;
        IReplay replay = ReplayFactory.Create(choice, stream.Bound, stream.Frames, seed: 1, future);
        return () =>
        {
            stream.InBlocks(0, stream.Pages.Length, replay.Run);
            if (choice.Entry.Name == "lru" && stream.LruMisses is { } known && known != replay.Misses)
                throw new InvalidOperationException($"lru missed {replay.Misses} times, the yardstick {known} times");
            return stream.Pages.Length;
        };
    });
}
