using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.Contracts;
using Sim.Core.Reclaim.Replay;
using Sim.Policies.Reclaim;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>Replacement alone: the replay loop over every policy of the catalogue, with default options.</summary>
public sealed class ReplayBenchmarks : IBenchmark
{
    private static readonly Dictionary<string, double> Targets = new()
    {
        ["fifo"] = 35,
        ["clock"] = 25,
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
        PolicyEntry[] policies = [.. new PolicyCatalogue(typeof(Fifo).Assembly).At("reclaim").Where(policy => session.Includes(policy.Name))];
        Contender[] contenders = [.. policies.Select(policy => Replay(stream, policy))];
        var results = Medians.Race(session, session.Yardstick(stream), contenders);
        return policies.Zip(results, (policy, result) => new Row($"replay: {policy.Name}", "x yardstick",
            Targets.TryGetValue(policy.Name, out double target) ? target : null, result.Ratio, Remark: Table.Rate(result.PerSecond.Median, "refs")));
    }

    private static Contender Replay(ReferenceStream stream, PolicyEntry policy) => new(policy.Name, () =>
    {
        var choice = new PolicyChoice(policy, Activator.CreateInstance(policy.OptionsType)!);
        IReferenceFuture? future = policy.NeedsFuture ? new ReferenceFuture(stream.Pages, stream.Bound) : null;
        IReplay replay = ReplayFactory.Create(choice, stream.Bound, stream.Frames, seed: 1, future);
        return () =>
        {
            stream.InBlocks(0, stream.Pages.Length, replay.Run);
            if (policy.Name == "lru" && stream.LruMisses is { } known && known != replay.Misses)
                throw new InvalidOperationException($"lru missed {replay.Misses} times, the yardstick {known} times");
            return stream.Pages.Length;
        };
    });
}
