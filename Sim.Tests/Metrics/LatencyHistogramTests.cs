using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Metrics;

/// <summary>The latency histogram against a sorted list of what it recorded. How far off can a percentile be?</summary>
public sealed class LatencyHistogramTests
{
    private static readonly double[] _shares = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1];

    [Fact]
    public void APercentileLiesAtMostAnEighthAboveTheTrueOne()
    {
        Gen<(int Count, int Octaves, ulong Seed)> samples =
            from count in Gen.Choose(1, 300)
            from octaves in Gen.Choose(4, 60)
            from seed in Gen.Choose(0, int.MaxValue)
            select (count, octaves, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(samples.ToArbitrary(), drawn =>
        {
            var random = new RandomStream(drawn.Seed);
            var latencies = new List<long>();
            for (int i = 0; i < drawn.Count; i++) latencies.Add((long)Math.Pow(2, 3 + random.NextDouble() * (drawn.Octaves - 3)));
            CompareWithSorted(latencies);
        }));
    }

    [Fact]
    public void EveryLatencyLiesWithinTheEdgesOfItsBucket()
    {
        for (int octave = 0; octave < 62; octave++)
        {
            for (int eighth = 0; eighth < 8; eighth++)
            {
                long edge = (1L << octave) + ((1L << octave) * eighth >> 3);
                foreach (long latency in new[] { edge - 1, edge, edge + 1 }.Where(latency => latency > 0))
                {
                    LatencyHistogram histogram = Of(latency);
                    (SimTime from, SimTime to, long count) = histogram.Buckets().Single();
                    count.ShouldBe(1);
                    latency.ShouldBeInRange(from.Picoseconds, to.Picoseconds - 1);
                    histogram.Percentile(0.5).Picoseconds.ShouldBe(latency, "no percentile lies above the maximum");
                }
            }
        }
    }

    [Fact]
    public void BucketsMeetWithoutGapsFromEightPicosecondsOn()
    {
        var histogram = new LatencyHistogram();
        for (int latency = 8; latency < 4096; latency++) histogram.Record(new SimTime(latency));
        (SimTime From, SimTime To, long Count)[] buckets = histogram.Buckets().ToArray();
        buckets.Length.ShouldBe(9 * 8);
        foreach (var (bucket, next) in buckets.Zip(buckets.Skip(1))) bucket.To.ShouldBe(next.From);
        foreach (var (from, to, count) in buckets) count.ShouldBe(to.Picoseconds - from.Picoseconds);
    }

    [Fact]
    public void AnEmptyHistogramIsAllZero()
    {
        var histogram = new LatencyHistogram();
        (histogram.Count, histogram.Mean, histogram.Maximum, histogram.Percentile(0.99)).ShouldBe((0, SimTime.Zero, SimTime.Zero, SimTime.Zero));
        histogram.Buckets().ShouldBeEmpty();
    }

    [Fact]
    public void MeanAndTotalAreExact()
    {
        LatencyHistogram histogram = Of(1000, 2000, 6000);
        (histogram.Total, histogram.Mean, histogram.Maximum).ShouldBe((new SimTime(9000), new SimTime(3000), new SimTime(6000)));
    }

    private static void CompareWithSorted(List<long> latencies)
    {
        LatencyHistogram histogram = Of([.. latencies]);
        latencies.Sort();
        foreach (double share in _shares)
        {
            long exact = latencies[Math.Max(1, (int)Math.Ceiling(share * latencies.Count)) - 1];
            double estimate = histogram.Percentile(share).Picoseconds;
            estimate.ShouldBeInRange(exact, exact * 1.125 + 1);
        }
        histogram.Buckets().Sum(bucket => bucket.Count).ShouldBe(latencies.Count);
    }

    private static LatencyHistogram Of(params long[] latencies)
    {
        var histogram = new LatencyHistogram();
        foreach (long latency in latencies) histogram.Record(new SimTime(latency));
        return histogram;
    }
}
