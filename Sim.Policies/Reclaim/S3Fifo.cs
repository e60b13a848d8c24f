using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Three first-in first-out queues. A new page enters a small one, S; what was hardly used there leaves for a queue of ghosts, G, the rest moves
/// to the main one, M. A fault on a ghost brings the page into M at once. M is a clock with counters up to 3: a page that was used since goes
/// round once more, and its counter goes down by one. A hit counts and moves nothing.
/// <code>
///   new page -> | S, a tenth | -- used: -> | M, nine tenths | -- used: round again
///                     `------- | G, ghosts | ---^ fault
/// </code>
/// <para>J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, "FIFO queues are all you need for cache eviction", ACM SOSP 2023, algorithm 1.</para>
/// <para>S gives as long as M keeps to its share, as in the authors' simulator; in the paper S gives when it is over its own share. The two differ
/// only while pages that were freed leave room.</para>
/// </summary>
[Paper("A small queue filters new pages, ghosts bring back those it let go too early, the main queue is a clock with counters; told of every access.",
    "J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, FIFO queues are all you need for cache eviction, ACM SOSP 2023")]
public struct S3Fifo : IReclaimPolicy, IPolicy<S3Fifo, S3FifoOptions>
{
    private const int Small = 0, Main = 1, Neither = 2;
    private const byte MaximumCount = 3;
    private FrameLists _queues;
    private FrameArray<Page> _pages;
    private GhostLists _ghosts;
    private int _mainShare, _ghostShare, _threshold;
    private int _small, _main, _ghostCount;
    private int _passOver;
    private byte _insertInto;

    public static string Name => "reclaim/s3-fifo";

    public static S3Fifo Create(S3FifoOptions options, PolicyContext context)
    {
        int ghosts = (int)(options.Ghosts * context.Capacity);
        return new S3Fifo
        {
            _queues = new FrameLists(context.Frames, 2),
            _pages = new FrameArray<Page>(context.Frames),
            _ghosts = new GhostLists(ghosts, 1),
            _mainShare = context.Capacity - Math.Max(1, (int)(options.Small * context.Capacity)),
            _ghostShare = ghosts,
            _threshold = options.Threshold,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void OnAccess(FrameNumber folio)
    {
        ref byte count = ref _pages[folio.Value].Count;
        count += (byte)(count < MaximumCount ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _passOver = Neither;
        _insertInto = Small;
        int ghost = _ghosts.Find(page, shadow);
        if (ghost < 0) return;
        _ghosts.Remove(ghost);
        _ghostCount--;
        _insertInto = Main;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _queues.PushNewest(_insertInto, folio.Value);
        _pages[folio.Value] = new Page { Queue = _insertInto };
        if (_insertInto == Small) _small++;
        else _main++;
        _insertInto = Small;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        bool fromSmall = _pages[folio.Value].Queue == Small;
        OnFree(folio);
        if (!fromSmall || _ghostShare == 0) return Shadow.None;
        if (_ghostCount == _ghostShare) _ghosts.RemoveOldest(0);
        else _ghostCount++;
        return _ghosts.PushNewest(0, page);
    }

    /// <summary>The other queue gives instead: this one might hold nothing else.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _passOver = _pages[folio.Value].Queue;
        _queues.MoveToNewest(_passOver, folio.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFree(FrameNumber folio)
    {
        _queues.Remove(folio.Value);
        if (_pages[folio.Value].Queue == Small) _small--;
        else _main--;
    }

    /// <summary>One page at a time: which queue gives depends on how long they are.</summary>
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_small + _main == 0 || victims.Length == 0) return 0;
        int victim;
        do victim = SmallGives() ? OldestOfSmall() : OldestOfMain();
        while (victim < 0);
        victims[0] = new FrameNumber(victim);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in S", _queues.CheckedCount(Small), _small);
        Books.Balance("pages in M", _queues.CheckedCount(Main), _main);
        Books.Balance("ghosts", _ghosts.CheckedCount(0), _ghostCount);
        Books.AtMost("ghosts", _ghostCount, _ghostShare);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool SmallGives() =>
        _main == 0 || (_small > 0 && _passOver != Small && (_passOver == Main || _main <= _mainShare));

    /// <summary>Moves pages that were used to M until it finds one that was not; -1 when S is empty then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int OldestOfSmall()
    {
        while (_small > 0)
        {
            int frame = _queues.Oldest(Small);
            if (_pages[frame].Count < _threshold) return frame;
            _queues.MoveToNewest(Main, frame);
            _pages[frame] = new Page { Queue = Main };
            _small--;
            _main++;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int OldestOfMain()
    {
        while (true)
        {
            int frame = _queues.Oldest(Main);
            ref byte count = ref _pages[frame].Count;
            if (count == 0) return frame;
            count--;
            _queues.MoveToNewest(Main, frame);
        }
    }

    /// <summary>Uses since the page was loaded or last went round, and the queue that it stands in.</summary>
    private struct Page
    {
        public byte Count;
        public byte Queue;
    }
}

/// <summary>Options of <see cref="S3Fifo"/>.</summary>
public sealed record S3FifoOptions
{
    /// <summary>The share of S, rounded down, but never less than one frame.</summary>
    [Option("The small queue's share of the frames", Minimum = 0, Maximum = 1)]
    public double Small { get; init; } = 0.1;

    [Option("Ghosts, as a fraction of the frames", Minimum = 0, Maximum = 10)]
    public double Ghosts { get; init; } = 0.9;

    /// <summary>Hits in S from which a page moves to M: more than one, in the paper's words.</summary>
    [Option("Hits in the small queue from which on a page moves to the main one", Minimum = 1, Maximum = 3)]
    public int Threshold { get; init; } = 2;
}
