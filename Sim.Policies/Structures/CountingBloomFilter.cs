using System;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>
/// Counts uses of any number of pages in a fixed number of counters. A page has <see cref="Hashes"/> counters, which other pages share; a use
/// raises all of them, and the smallest is the estimate: never below the true count, above it where every one is shared. Halving all counters
/// makes old uses weigh less.
/// <para>L. Fan, P. Cao, J. Almeida, A. Z. Broder, "Summary cache: a scalable wide-area Web cache sharing protocol", IEEE/ACM Transactions on
/// Networking 8(3), 2000.</para>
/// </summary>
public struct CountingBloomFilter
{
    /// <summary>Counters that a page has: -log2 of the rate of wrong answers of 0.1 %.</summary>
    public const int Hashes = 10;

    /// <summary>Counters for each page that the filter is made for: -ln(0.001) / ln(2)^2.</summary>
    private const double CountersPerPage = 14.3775875;

    private readonly FrameArray<ushort> _counters;
    private readonly uint _length;

    /// <summary>A filter made for <paramref name="pages"/> pages.</summary>
    public CountingBloomFilter(int pages)
    {
        _length = (uint)Math.Min(Math.Max(2 * Hashes, Math.Ceiling(CountersPerPage * pages)), int.MaxValue);
        _counters = new FrameArray<ushort>(_length);
    }

    /// <summary>What <see cref="Add"/> and <see cref="Estimate"/> know the page of a number by. The same in every run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong HashOf(uint number)
    {
        // The finaliser of MurmurHash3: every bit of the number changes every bit of the hash with a probability near one half.
        ulong hash = number + 0x9E3779B97F4A7C15UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return hash ^ (hash >> 33);
    }

    /// <summary>Counts some uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Add(ulong hash, int uses)
    {
        FrameArray<ushort> counters = _counters;
        uint length = _length, place = First(hash), step = Step(hash);
        for (int i = 0; i < Hashes; i++)
        {
            ref ushort counter = ref counters[(long)place];
            counter = (ushort)Math.Min(counter + uses, ushort.MaxValue);
            place = Next(place, step, length);
        }
    }

    /// <summary>How often the page was used, or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Estimate(ulong hash)
    {
        FrameArray<ushort> counters = _counters;
        uint length = _length, place = First(hash), step = Step(hash);
        int smallest = ushort.MaxValue;
        // The minimum without a branch, which is guessed wrong some three times an estimate (w-tinylfu 50 -> 44 ns a reference).
        for (int i = 0; i < Hashes; i++)
        {
            int above = counters[(long)place] - smallest;
            smallest += above & (above >> 31);
            place = Next(place, step, length);
        }
        return smallest;
    }

    /// <summary>Fetches a page's counters into the cache ahead of their use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch(ulong hash)
    {
        uint length = _length, place = First(hash), step = Step(hash);
        for (int i = 0; i < Hashes; i++)
        {
            _counters.Prefetch(place);
            place = Next(place, step, length);
        }
    }

    /// <summary>Halves every count.</summary>
    public readonly void Halve()
    {
        for (long place = 0; place < _length; place++) _counters[place] >>= 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint First(ulong hash) => (uint)((hash & uint.MaxValue) * _length >> 32);

    /// <summary>
    /// Round the filter without a branch, which a processor would guess wrong every other time: a minimum, which says the same, the JIT makes one of
    /// (w-tinylfu 70 -> 51 ns a reference).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Next(uint place, uint step, uint length)
    {
        int beyond = (int)(place + step - length);
        return (uint)beyond + (length & (uint)(beyond >> 31));
    }

    /// <summary>From 1 to length - 1: a page's counters are distinct in all but very short filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Step(ulong hash) => 1 + (uint)((hash >> 32) * (_length - 1) >> 32);
}
