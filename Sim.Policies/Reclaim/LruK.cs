using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Evicts the page whose K-th last reference lies furthest back; a page that has not been referenced K times counts as infinitely far, and
/// among those the least recently used goes. References that follow one another within the correlated period count as one, and shield
/// their page meanwhile. What is known of an evicted page is kept for the retained period after its last reference. Time is counted in references.
/// <code>
///   HIST(1) newest uncorrelated reference ... HIST(K) the one that decides, 0 = none;   LAST newest of all
/// </code>
/// <para>E. J. O'Neil, P. E. O'Neil, G. Weikum, "The LRU-K page replacement algorithm for database disk buffering", SIGMOD 1993. Letters as in its figure 2.1.</para>
/// </summary>
[Paper("Evicts the page whose K-th last reference lies furthest back, remembering evicted pages for a while; told of every access.",
    "E. J. O'Neil, P. E. O'Neil, G. Weikum, The LRU-K page replacement algorithm for database disk buffering, SIGMOD 1993")]
public struct LruK : IReclaimPolicy, IPolicy<LruK, LruKOptions>
{
    /// <summary>Place of LAST in a page's record; HIST(i) stands at i.</summary>
    private const int Last = 0;

    private const byte InHeap = 1, Correlated = 2;
    private RisingHeap _heap;
    private FrameLists _correlated;
    private FrameArray<byte> _whereabouts;
    private FrameArray<long> _records;
    private FrameArray<long> _ghostRecords;
    private FrameArray<long> _remembered;
    private GhostLists _ghosts;
    private ulong _rememberedPage;
    private int _k;
    private long _correlatedPeriod;
    private long _retainedPeriod;
    private long _now;
    private int _resident;
    private int _ghostCount;

    public static string Name => "reclaim/lru-k";

    public static LruK Create(LruKOptions options, PolicyContext context)
    {
        long retained = (long)Math.Ceiling(options.RetainedPeriod * context.Capacity);
        var ghosts = new GhostLists((int)Math.Min(retained, int.MaxValue), 1);
        int record = options.K + 1;
        return new LruK
        {
            _heap = new RisingHeap(context.Frames),
            _correlated = new FrameLists(context.Frames, 1),
            _whereabouts = new FrameArray<byte>(context.Frames),
            _records = new FrameArray<long>((long)context.Frames * record),
            _ghostRecords = new FrameArray<long>((long)ghosts.Capacity * record),
            _remembered = new FrameArray<long>(record),
            _ghosts = ghosts,
            _k = options.K,
            _correlatedPeriod = options.CorrelatedPeriod,
            _retainedPeriod = retained,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    public void OnAccess(FrameNumber folio)
    {
        _now++;
        long record = RecordOf(folio.Value);
        ref long last = ref _records[record + Last];
        if (_now - last > _correlatedPeriod)
        {
            long correlated = last - _records[record + 1];
            for (int i = _k; i > 1; i--)
            {
                // Deviation: where there was no such reference, 0 stays 0; the paper's loop would add the correlated period to it.
                long previous = _records[record + i - 1];
                _records[record + i] = previous == 0 ? 0 : previous + correlated;
            }
            _records[record + 1] = _now;
        }
        last = _now;
        if (_correlatedPeriod > 0) Shield(folio.Value);
        if ((_whereabouts[folio.Value] & InHeap) != 0) _heap.Raise(folio.Value, _records[record + _k], _now);
    }

    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _now++;
        _heap.Readmit();
        while (_ghostCount > 0 && IsExpired(_ghosts.Oldest(0))) DropGhost(_ghosts.Oldest(0));
        int ghost = _ghosts.Find(page, shadow);
        if (ghost < 0) return;
        if (!IsExpired(ghost))
        {
            for (int i = 0; i <= _k; i++) _remembered[i] = _ghostRecords[(long)ghost * (_k + 1) + i];
            _rememberedPage = page.Value + 1;
        }
        DropGhost(ghost);
    }

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        long record = RecordOf(folio.Value);
        bool isKnown = _rememberedPage == page.Value + 1;
        for (int i = _k; i > 1; i--) _records[record + i] = isKnown ? _remembered[i - 1] : 0;
        _records[record + 1] = _now;
        _records[record + Last] = _now;
        _rememberedPage = 0;
        _whereabouts[folio.Value] = 0;
        if (_correlatedPeriod > 0) Shield(folio.Value);
        else EnterHeap(folio.Value);
        _resident++;
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        if (_ghosts.Capacity == 0) return Shadow.None;
        if (_ghostCount == _ghosts.Capacity) DropGhost(_ghosts.Oldest(0));
        Shadow shadow = _ghosts.PushNewest(0, page);
        _ghostCount++;
        long from = RecordOf(folio.Value);
        long to = (long)GhostLists.IndexOf(shadow) * (_k + 1);
        for (int i = 0; i <= _k; i++) _ghostRecords[to + i] = _records[from + i];
        return shadow;
    }

    /// <summary>Not named again before the next fault, while there is another.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        if ((_whereabouts[folio.Value] & InHeap) != 0) _heap.SetAside(folio.Value);
        else _correlated.MoveToNewest(0, folio.Value);
    }

    public void OnFree(FrameNumber folio)
    {
        byte whereabouts = _whereabouts[folio.Value];
        if ((whereabouts & InHeap) != 0) _heap.Remove(folio.Value);
        if ((whereabouts & Correlated) != 0) _correlated.Remove(folio.Value);
        _whereabouts[folio.Value] = 0;
        _resident--;
    }

    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_resident == 0 || victims.Length == 0) return 0;
        Unshield();
        int victim = _heap.Lowest();
        while (victim >= 0 && (_whereabouts[victim] & Correlated) != 0)
        {
            _heap.Remove(victim);
            _whereabouts[victim] = Correlated;
            victim = _heap.Lowest();
        }
        if (victim < 0)
        {
            // Deviation: where every page is in its correlated period the paper finds none; the least recently used goes.
            victim = _correlated.Oldest(0);
            if (victim == _correlated.Sentinel(0))
            {
                _heap.Readmit();
                victim = _heap.Lowest();
            }
        }
        victims[0] = new FrameNumber(victim);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        _heap.CheckInvariants();
        Books.Balance("retained histories", _ghosts.CheckedCount(0), _ghostCount);
        if (_correlatedPeriod == 0) Books.Balance("pages in the heap", _heap.Held, _resident);
        else Books.AtMost("pages in their correlated period", _correlated.CheckedCount(0), _resident);
    }

    private readonly long RecordOf(int frame) => (long)frame * (_k + 1);

    private readonly bool IsExpired(int ghost) => _now - _ghostRecords[(long)ghost * (_k + 1) + Last] > _retainedPeriod;

    private void DropGhost(int ghost)
    {
        _ghosts.Remove(ghost);
        _ghostCount--;
    }

    /// <summary>The frame's correlated period begins anew. It may be in the heap still, which finds out when it comes to the top.</summary>
    private readonly void Shield(int frame)
    {
        if ((_whereabouts[frame] & Correlated) != 0) _correlated.MoveToNewest(0, frame);
        else _correlated.PushNewest(0, frame);
        _whereabouts[frame] |= Correlated;
    }

    /// <summary>The frames whose correlated period is over may be evicted.</summary>
    private void Unshield()
    {
        for (int frame = _correlated.Oldest(0); frame != _correlated.Sentinel(0); frame = _correlated.Oldest(0))
        {
            if (_now - _records[RecordOf(frame) + Last] <= _correlatedPeriod) return;
            _correlated.Remove(frame);
            _whereabouts[frame] &= InHeap;
            if (_whereabouts[frame] == 0) EnterHeap(frame);
        }
    }

    private void EnterHeap(int frame)
    {
        _whereabouts[frame] |= InHeap;
        _heap.Insert(frame, _records[RecordOf(frame) + _k], _records[RecordOf(frame) + Last]);
    }
}

/// <summary>Options of <see cref="LruK"/>.</summary>
public sealed record LruKOptions
{
    /// <summary>The paper recommends 2; 1 is LRU.</summary>
    [Option("Which last reference decides, counted back from the newest: K", Minimum = 1, Maximum = 16)]
    public int K { get; init; } = 2;

    /// <summary>0, as in the paper's experiments: all references count.</summary>
    [Option("References within which those to one page count as one and shield it from eviction", Minimum = 0, Maximum = 1e12)]
    public long CorrelatedPeriod { get; init; }

    /// <summary>The paper gives a time, about twice what makes a page worth its frame; this is counted in references.</summary>
    [Option("References for which the history of an evicted page is kept after its last one, as a multiple of the frames", Minimum = 0, Maximum = 100)]
    public double RetainedPeriod { get; init; } = 10;
}
