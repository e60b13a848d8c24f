using System;
using System.Numerics;

namespace Sim.Core.Engine;

/// <summary>
/// The events that are still far off, hardly sorted. Beyond the outermost rung they lie in one bag, the top. A rung cuts a stretch of
/// time into buckets, each a bag. When its turn comes, a bucket with many events is spread over a finer rung, and so on, until few
/// enough are left to be sorted, or until all have the same time: bags are first-in, first-out, so those are in order already.
/// <code>
///   now       horizon                                                top
///    |   run   |  rung 2  |      rung 1      |         rung 0         |  anything later
/// </code>
/// An event only ever moves inward, and a rung is at least 8 times as fine as the one around it, so no distribution of times makes
/// an event move more than <see cref="MaximumRungs"/> times.
/// <para>W. T. Tang, R. S. M. Goh, I. L.-J. Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete event
/// simulation", ACM TOMACS 15(3), 2005.</para>
/// <para>Deviations: widths are powers of two; a rung has at most 256 buckets instead of one an event, so that the chunks being filled
/// stay in the cache, at the price of one more rung; a bucket of equal times is handed out chunk by chunk, never sorted.</para>
/// </summary>
internal sealed class EventLadder
{
    /// <summary>A bucket with no more events than this is sorted rather than spread.</summary>
    public const int SplitAbove = 24;

    private const int AimedPerBucket = 8;
    private const int MinimumBits = 3;
    private const int MaximumBits = 8;
    private const int MaximumRungs = (63 / MinimumBits) + 1;
    private readonly Rung[] _rungs = new Rung[MaximumRungs];
    private readonly EventBag[] _buckets = new EventBag[MaximumRungs << MaximumBits];
    private EventChunks _chunks = new();
    private EventBag _top;
    private ulong _topStart;
    private int _depth;

    /// <summary>Events on the ladder.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for <paramref name="capacity"/> events in all.</summary>
    public void Reserve(int capacity) => _chunks.Reserve(capacity, _buckets.Length + 2);

    /// <summary>Forgets all events.</summary>
    public void Clear()
    {
        Array.Clear(_buckets);
        _chunks.Clear();
        _top = default;
        _depth = Count = 0;
    }

    /// <summary>Adds an event, the last to be scheduled, that is not before the horizon last returned.</summary>
    public void Add(in Event added)
    {
        Count++;
        ulong time = (ulong)added.Time.Picoseconds;
        if (_depth == 0 || time >= _topStart)
        {
            _chunks.Add(ref _top, added);
            return;
        }
        int depth = 0;
        while (time < _rungs[depth].Next) depth++;
        Place(depth, time, added);
    }

    /// <summary>Moves the earliest events into an empty run; returns the horizon before which all events are in the run.</summary>
    public ulong Refill(ref EventRun near)
    {
        near.Clear();
        while (true)
        {
            while (_depth > 0 && _rungs[_depth - 1].Count == 0) _depth--;
            if (_depth == 0)
            {
                if (_top.Count <= SplitAbove)
                {
                    while (_top.Count > 0) Move(ref _top, ref near);
                    return ulong.MaxValue;
                }
                (ulong first, ulong last) = _chunks.Span(_top);
                Spread(ref _top, first, last);
            }
            ref Rung inner = ref _rungs[_depth - 1];
            int row = (_depth - 1) << MaximumBits;
            while (_buckets[row + inner.Current].Count == 0) inner.Current++;
            ref EventBag bucket = ref _buckets[row + inner.Current];
            ulong start = inner.Next;
            if (bucket.Count > SplitAbove && inner.Shift == 0)
            {
                inner.Count -= Move(ref bucket, ref near);
                return start;
            }
            inner.Current++;
            inner.Count -= bucket.Count;
            if (bucket.Count <= SplitAbove)
            {
                while (bucket.Count > 0) Move(ref bucket, ref near);
                return inner.Next;
            }
            Spread(ref bucket, start, inner.Next - 1);
        }
    }

    private void Spread(ref EventBag bag, ulong first, ulong last)
    {
        int bits = Math.Clamp(BitOperations.Log2((uint)bag.Count / AimedPerBucket), MinimumBits, MaximumBits);
        int shift = first == last ? 0 : Math.Max(0, BitOperations.Log2(last - first) + 1 - bits);
        int depth = _depth++;
        _rungs[depth] = new Rung { Start = first, Shift = shift, Buckets = (int)((last - first) >> shift) + 1 };
        if (depth == 0) _topStart = _rungs[0].End;
        while (bag.Count > 0)
        {
            foreach (ref readonly Event pending in _chunks.First(bag)) Place(depth, (ulong)pending.Time.Picoseconds, pending);
            _chunks.Release(ref bag);
        }
    }

    private void Place(int depth, ulong time, in Event added)
    {
        ref Rung rung = ref _rungs[depth];
        rung.Count++;
        _chunks.Add(ref _buckets[(depth << MaximumBits) + (int)((time - rung.Start) >> rung.Shift)], added);
    }

    /// <summary>Moves the first chunk of a bag into the run and returns how many events that were.</summary>
    private int Move(ref EventBag bag, ref EventRun near)
    {
        ReadOnlySpan<Event> events = _chunks.First(bag);
        foreach (ref readonly Event pending in events) near.Insert(pending);
        Count -= events.Length;
        _chunks.Release(ref bag);
        return events.Length;
    }
}
