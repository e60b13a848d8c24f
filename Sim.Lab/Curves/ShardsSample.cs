using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Sim.Core.Engine;
using Sim.Lab.Statistics;

namespace Sim.Lab.Curves;

/// <summary>
/// The miss-ratio curve of LRU from a sample of the pages: those whose hash is below a threshold, all of whose references count. Distances within the
/// sample are divided by its rate. With a limit on the pages the threshold falls so that never more are sampled, and what was counted at a rate R
/// has the weight 1 / R. Memory and most of the time are proportional to the sample.
/// <para>
/// C. A. Waldspurger, N. Park, A. Garthwaite, I. Ahmad, "Efficient MRC construction with SHARDS", FAST 2015. As its SHARDS-adj, misses are related to
/// all references rather than to those sampled, so that a hot page in or out of the sample shifts hits and not the curve.
/// </para>
/// <para>
/// The paper gives its error by experience; here it is estimated from the sample. Vertically: sixteen groups of sampled pages, by other bits of the hash, are
/// sixteen independent samples whose spread gives the standard error of their sum. Horizontally: a distance d is the binomial d R pages over R, so that the
/// size is uncertain by sqrt(C (1 - R) / R). The band takes the curve two standard deviations to the left and right, and adds Student's t of
/// 95 % up and down.
/// </para>
/// </summary>
public sealed class ShardsSample
{
    /// <summary>Fewer pages in a sample say nothing of its error.</summary>
    public const int LeastPages = 2 * Groups;

    /// <summary>Of the band, nominally.</summary>
    public const double Confidence = 0.95;

    private const int Groups = 16;
    private const double HorizontalDeviations = 2;
    private const double WholeRange = 18446744073709551616.0; // 2^64
    private readonly ulong _salt;
    private readonly int _limit;
    private readonly RecencyTape _stack = new();
    private readonly Dictionary<ulong, int> _numberOf = [];
    private readonly PriorityQueue<ulong, ulong> _largest = new(Comparer<ulong>.Create((left, right) => right.CompareTo(left)));
    private readonly Stack<int> _freeNumbers = [];
    private readonly double[][] _weights = [.. Enumerable.Range(0, Groups).Select(_ => new double[LogarithmicGrid.Count])];
    private readonly double[] _first = new double[Groups];
    private ulong _threshold;
    private double _weight;

    /// <summary>A sample at a fixed rate, or one of at most <paramref name="limit"/> pages whose rate falls from it.</summary>
    /// <param name="rate">Above 0 and at most 1.</param>
    /// <param name="limit">Pages, at least <see cref="LeastPages"/>; null for no limit.</param>
    /// <param name="seed">Another seed draws another sample, independent of this one.</param>
    public ShardsSample(double rate, int? limit = null, ulong seed = 1)
    {
        _salt = RandomStream.SeedOf(seed, 0, "shards");
        if (!(rate > 0 && rate <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies above 0 and is at most 1.");
        _limit = limit ?? int.MaxValue;
        ArgumentOutOfRangeException.ThrowIfLessThan(_limit, LeastPages);
        _threshold = rate == 1 ? ulong.MaxValue : (ulong)(rate * WholeRange);
        _weight = 1 / Rate;
    }

    /// <summary>References so far, sampled or not.</summary>
    public long References { get; private set; }

    /// <summary>References of sampled pages.</summary>
    public long SampledReferences { get; private set; }

    /// <summary>Pages in the sample.</summary>
    public int SampledPages => _stack.Count;

    /// <summary>The share of pages that is sampled now.</summary>
    public double Rate => _threshold == ulong.MaxValue ? 1 : _threshold / WholeRange;

    /// <summary>Estimate of all different pages.</summary>
    public double Pages => _first.Sum();

    /// <summary>The next references, as page ids.</summary>
    public void Run(ReadOnlySpan<ulong> pages)
    {
        References += pages.Length;
        int whole = pages.Length - (pages.Length % Vector256<ulong>.Count);
        ref ulong first = ref MemoryMarshal.GetReference(pages);
        // Most vectors hold no page of the sample: four hashes at a time, 2.5 times the speed of one.
        for (int i = 0; i < whole; i += Vector256<ulong>.Count)
        {
            Vector256<ulong> hashes = Hash(Vector256.LoadUnsafe(ref first, (nuint)i));
            uint sampled = Vector256.LessThanOrEqual(hashes, Vector256.Create(_threshold)).ExtractMostSignificantBits();
            for (; sampled != 0; sampled &= sampled - 1)
            {
                int lane = BitOperations.TrailingZeroCount(sampled);
                Sample(pages[i + lane], hashes[lane]);
            }
        }
        foreach (ulong page in pages[whole..]) Sample(page, Hash(page));
    }

    /// <summary>The curve at the sizes of the grid, up to where only first references miss.</summary>
    public IReadOnlyList<MissRatioPoint> Curve()
    {
        int last = Enumerable.Range(0, LogarithmicGrid.Count).Last(index => index == 0 || _weights.Any(group => group[index] > 0));
        double[] misses = new double[last + 1], errors = new double[last + 1];
        double[] left = [.. _first];
        for (int index = last; index >= 0; index--)
        {
            (misses[index], errors[index]) = SumOf(left);
            for (int group = 0; group < Groups; group++) left[group] += _weights[group][index];
        }
        double quantile = StudentT.TwoSidedQuantile(Confidence, Groups - 1), rate = Rate;
        return [.. Enumerable.Range(1, last).Select(index =>
        {
            long size = LogarithmicGrid.PointAt(index);
            double reach = HorizontalDeviations * Math.Sqrt(size * (1 - rate) / rate);
            int nearer = size - reach < 1 ? 0 : LogarithmicGrid.IndexOf((long)(size - reach));
            int farther = Math.Min(last, LogarithmicGrid.IndexOf((long)Math.Ceiling(size + reach)));
            double high = nearer == 0 ? 1 : (misses[nearer] + (quantile * errors[nearer])) / References;
            double low = (misses[farther] - (quantile * errors[farther])) / References;
            double estimate = Math.Min(misses[index], References);
            return new MissRatioPoint(size, estimate, estimate / References, Math.Clamp(low, 0, estimate / References), Math.Clamp(high, estimate / References, 1));
        })];
    }

    // A step of splitmix64: every bit of the page changes every bit of the hash alike.
    private Vector256<ulong> Hash(Vector256<ulong> page)
    {
        page += Vector256.Create(_salt);
        page = (page ^ (page >>> 30)) * 0xBF58476D1CE4E5B9UL;
        page = (page ^ (page >>> 27)) * 0x94D049BB133111EBUL;
        return page ^ (page >>> 31);
    }

    private ulong Hash(ulong page)
    {
        page += _salt;
        page = (page ^ (page >> 30)) * 0xBF58476D1CE4E5B9UL;
        page = (page ^ (page >> 27)) * 0x94D049BB133111EBUL;
        return page ^ (page >> 31);
    }

    private void Sample(ulong page, ulong hash)
    {
        if (hash > _threshold) return;
        SampledReferences++;
        int group = (int)(hash % Groups);
        double weight = _weight;
        if (_numberOf.TryGetValue(page, out int number))
        {
            long distance = 1 + (long)Math.Round((_stack.Touch((uint)number) - 1) * weight);
            _weights[group][LogarithmicGrid.IndexOf(distance)] += weight;
            return;
        }
        _first[group] += weight;
        number = _freeNumbers.TryPop(out int free) ? free : _numberOf.Count;
        _numberOf.Add(page, number);
        _stack.Reserve(number + 1);
        _stack.Touch((uint)number);
        if (_limit == int.MaxValue) return;
        _largest.Enqueue(page, hash);
        if (_numberOf.Count > _limit) LowerThreshold();
    }

    private void LowerThreshold()
    {
        _largest.TryDequeue(out ulong page, out ulong hash);
        _threshold = hash - 1; // pages have different hashes, since the hash can be undone
        _weight = 1 / Rate;
        _numberOf.Remove(page, out int number);
        _stack.Remove((uint)number);
        _freeNumbers.Push(number);
    }

    /// <summary>The sum over the groups and its standard error.</summary>
    private (double Sum, double Error) SumOf(ReadOnlySpan<double> groups)
    {
        double sum = 0, squares = 0;
        foreach (double group in groups) sum += group;
        foreach (double group in groups) squares += (group - (sum / Groups)) * (group - (sum / Groups));
        return (sum, Math.Sqrt(squares * Groups / (Groups - 1) * (1 - Rate)));
    }
}
