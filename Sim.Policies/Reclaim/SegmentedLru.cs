using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Segmented LRU: several LRU lists of equal size. A hit moves a page to the newest end of the next higher list; what a list cannot hold sinks
/// from its oldest end to the newest of the one below, and from the lowest out of memory.
/// <code>
///   highest  | C/4 | &lt;-- hit in the list below      --sinks-->  | C/4 |  -->  | C/4 |  -->  | C/4 | lowest  --> out
/// </code>
/// <para>R. Karedla, J. S. Love, B. G. Wherry, "Caching strategies to improve disk system performance", IEEE Computer 27(3), 1994, with two
/// segments, a probationary and a protected one.</para>
/// <para>Deviations, as in libCacheSim: four segments of a quarter of the frames each, rounded down; a new page enters the lowest that has room,
/// not always the lowest of all. The frames that the rounding leaves over hold pages of the lowest segment beyond its size, until a hit sinks a
/// page into it: then all of its surplus goes, although nobody needs the room.</para>
/// </summary>
[Paper("LRU lists of equal size: a hit lifts a page to the next higher one, what a list cannot hold sinks to the one below; told of every access.",
    "R. Karedla, J. S. Love, B. G. Wherry, Caching strategies to improve disk system performance, IEEE Computer 27(3), 1994")]
public struct SegmentedLru : IProactiveReclaim, IPolicy<SegmentedLru, SegmentedLruOptions>
{
    private FrameLists _segments;
    private FrameArray<byte> _segmentOf;
    private FrameArray<int> _countIn;
    private int _highest, _size;
    private int _resident, _putBack;
    private bool _overflows;

    public static string Name => "reclaim/slru";

    public static SegmentedLru Create(SegmentedLruOptions options, PolicyContext context) => new()
    {
        _segments = new FrameLists(context.Frames, options.Segments),
        _segmentOf = new FrameArray<byte>(context.Frames),
        _countIn = new FrameArray<int>(options.Segments),
        _highest = options.Segments - 1,
        _size = Math.Max(1, context.Capacity / options.Segments),
    };

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        int segment = _segmentOf[folio.Value];
        if (segment == _highest)
        {
            _segments.MoveToNewest(segment, folio.Value);
            return;
        }
        Move(folio.Value, segment, segment + 1);
        for (segment++; segment > 0 && _countIn[segment] > _size; segment--) Move(_segments.Oldest(segment), segment, segment - 1);
        _overflows = segment == 0;
    }

    public void OnFault(PageIdentity page, Shadow shadow) => (_putBack, _overflows) = (0, false);

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        int segment = 0;
        while (segment <= _highest && _countIn[segment] >= _size) segment++;
        if (segment > _highest) segment = 0;
        _segments.PushNewest(segment, folio.Value);
        _segmentOf[folio.Value] = (byte)segment;
        _countIn[segment]++;
        _resident++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        return Shadow.None;
    }

    /// <summary>Keeps its place; for the rest of this fault the victims begin above it.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _putBack++;
        _overflows = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFree(FrameNumber folio)
    {
        _segments.Remove(folio.Value);
        _countIn[_segmentOf[folio.Value]]--;
        _resident--;
    }

    /// <summary>What a hit has sunk into the lowest segment beyond its size.</summary>
    public readonly bool TrySelectSurplus(out FrameNumber folio)
    {
        folio = new FrameNumber(_segments.Oldest(0));
        return _overflows && _countIn[0] > _size;
    }

    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_putBack >= _resident) _putBack = 0;
        int count = 0;
        int skipped = _putBack;
        for (int segment = 0; segment <= _highest && count < victims.Length; segment++)
        {
            count += _segments.CopyOldest(segment, victims[count..], skipped);
            skipped = Math.Max(0, skipped - _countIn[segment]);
        }
        return count;
    }

    public readonly void CheckInvariants()
    {
        int pages = 0;
        for (int segment = 0; segment <= _highest; segment++)
        {
            Books.Balance($"pages in segment {segment}", _segments.CheckedCount(segment), _countIn[segment]);
            if (segment > 0) Books.AtMost($"pages in segment {segment}", _countIn[segment], _size);
            pages += _countIn[segment];
        }
        Books.Balance("pages in all segments", pages, _resident);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Move(int frame, int from, int to)
    {
        _segments.MoveToNewest(to, frame);
        _segmentOf[frame] = (byte)to;
        _countIn[from]--;
        _countIn[to]++;
    }
}

/// <summary>Options of <see cref="SegmentedLru"/>.</summary>
public sealed record SegmentedLruOptions
{
    /// <summary>Number of lists: 2 in the paper.</summary>
    [Option("LRU lists", Minimum = 1, Maximum = 64)]
    public int Segments { get; init; } = 4;
}
