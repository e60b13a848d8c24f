using System;
using System.Runtime.CompilerServices;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic.Sampling;

/// <summary>
/// Draws an index with given probabilities in constant time: A. J. Walker, An efficient method for generating discrete random
/// variables with general distributions, ACM TOMS 3(3), 1977, built as M. D. Vose does, IEEE TSE 17(9), 1991.
/// </summary>
/// <remarks>
/// A bucket is 8 bytes:
/// <code>
/// 63         threshold         32 31          alias           0
/// |  part of the bucket that is |  who has the rest of it:     |
/// |  its own, in units of 2^-32 |  itself where it is all own  |
/// </code>
/// A draw takes one random word: the high word of (word x items) is the bucket and the word's remainder the place within it.
/// Probabilities are off by at most 2^-32 of a bucket.
/// </remarks>
public sealed class AliasTable
{
    private readonly ulong[] _buckets;

    /// <summary>A table for probabilities in proportion to the weights.</summary>
    /// <param name="weights">Finite, none negative, not all zero. Overwritten: the table scales them in place.</param>
    public AliasTable(double[] weights)
    {
        _buckets = new ulong[weights.Length];
        double sum = 0;
        foreach (double weight in weights) sum += weight;
        if (!(sum > 0) || !double.IsFinite(sum)) throw new ArgumentException($"the weights sum to {sum}; a table needs a finite positive sum", nameof(weights));

        // Poor items (less than an average share) wait at the front of the list and rich ones at its back.
        var waiting = new int[weights.Length];
        int poor = 0, rich = weights.Length;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] *= weights.Length / sum;
            if (weights[i] < 1) waiting[poor++] = i;
            else waiting[--rich] = i;
        }
        while (poor > 0 && rich < weights.Length)
        {
            int giver = waiting[rich];
            int taker = waiting[--poor];
            _buckets[taker] = Bucket(weights[taker], giver);
            weights[giver] -= 1 - weights[taker];
            if (weights[giver] >= 1) continue;
            rich++;
            waiting[poor++] = giver;
        }
        // What rounding leaves over has a share of one.
        while (poor > 0) Fill(waiting[--poor]);
        while (rich < weights.Length) Fill(waiting[rich++]);
    }

    /// <summary>Items to draw from.</summary>
    public int Count => _buckets.Length;

    /// <summary>
    /// The next index. Without a branch on the bucket's content, which no predictor could foretell, so that the cache misses of
    /// successive draws overlap.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Sample(ref RandomStream random)
    {
        uint own = (uint)Math.BigMul(random.Next(), (ulong)(uint)_buckets.Length, out ulong place);
        ulong bucket = _buckets[own];
        long beyond = (long)(place >> 32) - (long)(bucket >> 32);
        uint isOwn = (uint)(beyond >> 63);
        uint alias = (uint)bucket;
        return alias ^ ((alias ^ own) & isOwn);
    }

    private static ulong Bucket(double share, int alias) => ((ulong)(Math.Max(share, 0) * 4294967296.0) << 32) | (uint)alias;

    private void Fill(int item) => _buckets[item] = (uint)item;
}
