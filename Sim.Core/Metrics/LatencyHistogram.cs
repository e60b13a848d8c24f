using System;
using System.Collections.Generic;
using System.Numerics;
using Sim.Core.Units;

namespace Sim.Core.Metrics;

/// <summary>
/// Latencies in eight buckets of equal width an octave, so that a percentile is at most an eighth too large whatever its size.
/// <code>
///   bucket = 8 * floor(log2 ps) + the three bits below the leading one
/// </code>
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 3;
    private readonly long[] _counts = new long[64 << SubBits];

    /// <summary>Latencies recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum.</summary>
    public SimTime Total { get; private set; }

    /// <summary>The longest one.</summary>
    public SimTime Maximum { get; private set; }

    /// <summary>Records one latency.</summary>
    public void Record(SimTime latency)
    {
        _counts[BucketOf(Math.Max(1, latency.Picoseconds))]++;
        Count++;
        Total += latency;
        Maximum = SimTime.Max(Maximum, latency);
    }

    /// <summary>Adds what another one holds.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int bucket = 0; bucket < _counts.Length; bucket++) _counts[bucket] += other._counts[bucket];
        Count += other.Count;
        Total += other.Total;
        Maximum = SimTime.Max(Maximum, other.Maximum);
    }

    /// <summary>The mean, or zero when nothing was recorded.</summary>
    public SimTime Mean => Count == 0 ? SimTime.Zero : new SimTime(Total.Picoseconds / Count);

    /// <summary>The upper edge of the bucket in which the given share of all latencies is reached, at most <see cref="Maximum"/>.</summary>
    public SimTime Percentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (Count > 0 && seen >= rank) return SimTime.Min(new SimTime(LowerEdge(bucket + 1)), Maximum);
        }
        return SimTime.Zero;
    }

    /// <summary>The buckets that are not empty: from (inclusive), to (exclusive), count.</summary>
    public IEnumerable<(SimTime From, SimTime To, long Count)> Buckets()
    {
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            if (_counts[bucket] > 0) yield return (new SimTime(LowerEdge(bucket)), new SimTime(LowerEdge(bucket + 1)), _counts[bucket]);
        }
    }

    private static int BucketOf(long picoseconds)
    {
        int octave = BitOperations.Log2((ulong)picoseconds);
        long below = octave >= SubBits ? (picoseconds >> (octave - SubBits)) : (picoseconds << (SubBits - octave));
        return (octave << SubBits) + (int)(below & ((1 << SubBits) - 1));
    }

    private static long LowerEdge(int bucket)
    {
        int octave = bucket >> SubBits;
        long mantissa = (1 << SubBits) + (bucket & ((1 << SubBits) - 1));
        return octave >= SubBits ? mantissa << (octave - SubBits) : -(-mantissa >> (SubBits - octave));
    }
}
