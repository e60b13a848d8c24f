using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Early-eviction LRU. Pages, evicted ones too, stand in order of their last use. References are counted by the position at which they find
/// their page, old ones fading. Where many find it not far beyond memory, LRU evicts just what is needed next, and it is better to evict early,
/// at position e, so that of the pages between e and a late point l beyond memory some stay until they are used again.
/// <code>
///   1 ... e ... M ... l ... | end of the queue           M frames
///         |--LRU hits--|                                 hits of LRU in (e, M]
///         |--- total --------|                           early eviction hits total * (M - e) / (l - e) of them
/// </code>
/// At each eviction the pair (e, l) that promises most is chosen. If it promises no more than LRU, the least recently used goes. Otherwise
/// it goes if it lies beyond l, else the page at e.
/// <para>Y. Smaragdakis, S. Kaplan, P. Wilson, "EELRU: simple and effective adaptive page replacement", SIGMETRICS 1999.</para>
/// </summary>
[Paper("LRU that evicts pages early, at a position chosen by what it would save, when many references go just beyond memory; told of every access.",
    "Y. Smaragdakis, S. Kaplan, P. Wilson, EELRU: simple and effective adaptive page replacement, SIGMETRICS 1999")]
public struct EeLru : IReclaimPolicy, IPolicy<EeLru, EeLruOptions>
{
    private const double Enough = 1e100;
    private RecencyQueue _queue;
    private FrameLists _residents;
    private GhostTable _ghosts;
    private int[] _cuts;
    private double[] _hits;
    private double _weight;
    private double _growth;
    private int _memoryCut;
    private int _frames;
    private int _resident;
    private bool _lruOnly;

    public static string Name => "reclaim/eelru";

    public static EeLru Create(EeLruOptions options, PolicyContext context)
    {
        int capacity = context.Capacity;
        long ghosts = (long)Math.Ceiling((options.Queue - 1) * capacity);
        int[] cuts = Cuts(capacity, capacity + ghosts, options.Points);
        var table = new GhostTable(ghosts);
        return new EeLru
        {
            _queue = new RecencyQueue(context.Frames + table.Capacity, cuts),
            _residents = new FrameLists(context.Frames, 1),
            _ghosts = table,
            _cuts = cuts,
            _hits = new double[cuts.Length + 1],
            _weight = 1,
            _growth = Math.Pow(2, 1 / Math.Max(1, options.HalfLife * capacity)),
            _memoryCut = Array.IndexOf(cuts, capacity),
            _frames = context.Frames,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        Count(_queue.RegionOf(folio.Value));
        MoveToNewest(folio.Value);
    }

    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _lruOnly = false;
        int ghost = _ghosts.Find(page, shadow);
        if (ghost < 0) return;
        Count(_queue.RegionOf(_frames + ghost));
        DropGhost(_frames + ghost);
    }

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _queue.Push(folio.Value);
        _residents.PushNewest(0, folio.Value);
        _resident++;
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        if (_ghosts.Capacity == 0)
        {
            OnFree(folio);
            return Shadow.None;
        }
        if (_ghosts.Count == _ghosts.Capacity) DropGhost(OldestGhost());
        int ghost = _ghosts.Add(page);
        _queue.Replace(folio.Value, _frames + ghost);
        _residents.Remove(folio.Value);
        _resident--;
        return GhostTable.ShadowOf(ghost);
    }

    /// <summary>To the front, and until the next fault LRU alone names victims: the early point is near the front, and might name the same few for ever.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        MoveToNewest(folio.Value);
        _lruOnly = true;
    }

    public void OnFree(FrameNumber folio)
    {
        _queue.Remove(folio.Value);
        _residents.Remove(folio.Value);
        _resident--;
    }

    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_resident == 0 || victims.Length == 0) return 0;
        int victim = _residents.Oldest(0);
        if (!_lruOnly && TryChoosePoints(out int early, out int late) && _queue.RegionOf(victim) <= late) victim = EarlyPage(early, victim);
        victims[0] = new FrameNumber(victim);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        _queue.CheckInvariants();
        Books.Balance("resident pages", _residents.CheckedCount(0), _resident);
        Books.Balance("pages and ghosts", _queue.Count, _resident + _ghosts.Count);
    }

    /// <summary>
    /// Deviation: as many early as late points, evenly spaced, memory's end between them; the paper's own positions are not reproduced.
    /// </summary>
    private static int[] Cuts(int capacity, long end, int points)
    {
        var cuts = new SortedSet<int> { capacity };
        for (int i = 1; i <= points; i++)
        {
            cuts.Add(Math.Max(1, (int)((long)capacity * i / (points + 1))));
            cuts.Add((int)Math.Min(int.MaxValue, capacity + (end - capacity) * i / points));
        }
        return [.. cuts];
    }

    /// <summary>
    /// References before the first early point say nothing to the question and do not make the others fade. Fading counts are kept by letting
    /// the weight of new ones grow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(int region)
    {
        if (region == 0) return;
        _hits[region] += _weight;
        _weight *= _growth;
        if (_weight > Enough) Rescale();
    }

    private void Rescale()
    {
        for (int region = 0; region < _hits.Length; region++) _hits[region] /= _weight;
        _weight = 1;
    }

    /// <summary>The pair of cuts with the most hits beyond LRU's; false where none has any.</summary>
    private readonly bool TryChoosePoints(out int early, out int late)
    {
        early = late = 0;
        double best = 0;
        double memory = _cuts[_memoryCut];
        double lruHits = 0;
        for (int e = _memoryCut - 1; e >= 0; e--)
        {
            lruHits += _hits[e + 1];
            double total = lruHits;
            for (int l = _memoryCut + 1; l < _cuts.Length; l++)
            {
                total += _hits[l];
                double gain = total * (memory - _cuts[e]) / (_cuts[l] - _cuts[e]) - lruHits;
                if (gain <= best) continue;
                best = gain;
                early = e;
                late = l;
            }
        }
        return best > 0;
    }

    /// <summary>The resident page at the early point or the first beyond it; <paramref name="otherwise"/> where there is none.</summary>
    private readonly int EarlyPage(int cut, int otherwise)
    {
        int node = _queue.At(cut);
        if (node < 0) return otherwise;
        while (node >= _frames && node != _queue.End) node = _queue.Older(node);
        return node == _queue.End ? otherwise : node;
    }

    private readonly int OldestGhost()
    {
        int node = _queue.Oldest;
        while (node < _frames) node = _queue.Newer(node);
        return node;
    }

    private void DropGhost(int node)
    {
        _queue.Remove(node);
        _ghosts.Remove(node - _frames);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void MoveToNewest(int frame)
    {
        _queue.MoveToNewest(frame);
        _residents.MoveToNewest(0, frame);
    }
}

/// <summary>Options of <see cref="EeLru"/>.</summary>
public sealed record EeLruOptions
{
    /// <summary>Late points lie between 1 and this; a loop longer than it is not recognised.</summary>
    [Option("Pages and evicted pages whose order is kept, as a multiple of the frames", Minimum = 1, Maximum = 100)]
    public double Queue { get; init; } = 2.5;

    /// <summary>All pairs are compared at every eviction.</summary>
    [Option("Early points tried, and late points as well", Minimum = 1, Maximum = 64)]
    public int Points { get; init; } = 8;

    /// <summary>Deviation: recent references weigh more, as in the paper, by a half-life that is not the paper's.</summary>
    [Option("References beyond the first early point after which a count weighs half, as a multiple of the frames", Minimum = 0.01, Maximum = 1e6)]
    public double HalfLife { get; init; } = 1;
}
