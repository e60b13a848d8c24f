using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.Engine;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>The event queue in the hold model: exponential spans at four sizes, which have targets, and the spans that hurt calendars, which must not be slow.</summary>
public sealed class EventQueueBenchmarks : IBenchmark
{
    private const int Spans = 1 << 20;
    private const int SkewedPending = 100_000;

    public string Name => "event-queue";

    public IEnumerable<Row> Run(Session session)
    {
        long[] exponential = Tabulate((ref RandomStream random) => (long)random.NextExponential(1e9));
        foreach ((int pending, double target) in new[] { (64, 1.2), (1000, 2.0), (100_000, 2.0), (1_000_000, 1.5) })
            yield return Race(session, pending, $"exponential, {pending:N0} pending", target, exponential);
        foreach ((string name, SpanModel draw) in Skewed)
            yield return Race(session, SkewedPending, $"{name}, {SkewedPending:N0} pending", 1, Tabulate(draw));
    }

    private delegate long SpanModel(ref RandomStream random);

    private static (string Name, SpanModel Draw)[] Skewed =>
    [
        ("all spans equal", (ref RandomStream _) => 1000),
        ("all at one of four times", (ref RandomStream random) => (long)random.Below(4) * 1000),
        ("bimodal (1 in 10 a million times longer)", (ref RandomStream random) => (random.Below(10) == 0 ? 1_000_000_000 : 0) + (long)random.Below(1000)),
        ("log-uniform over 40 octaves", (ref RandomStream random) => 1L << (int)random.Below(40)),
        ("one in 1000 far in the future", (ref RandomStream random) => random.Below(1000) == 0 ? 1L << 40 : (long)random.Below(1000)),
    ];

    private static Row Race(Session session, int pending, string what, double target, long[] spans)
    {
        int operations = session.IsQuick ? 200_000 : Math.Max(1_000_000, pending);
        var model = new HoldModel(pending, operations, spans);
        (Sample ratio, Sample perSecond) = Medians.Race(session, model.Runtime(), model.Own(what)).Single();
        return new Row($"event queue: {what}", "x PriorityQueue", target, ratio, Remark: Table.Rate(perSecond.Median, "events"));
    }

    private static long[] Tabulate(SpanModel draw)
    {
        var random = new RandomStream(1);
        var spans = new long[Spans];
        foreach (ref long span in spans.AsSpan()) span = draw(ref random);
        return spans;
    }
}
