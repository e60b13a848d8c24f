using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Learning cache replacement. Two experts, LRU and LFU, and a weight for each; at an eviction one is drawn by weight and names the victim, which
/// goes to that expert's history. A fault on a page of a history was that expert's mistake: the other's weight grows, the more the
/// fresher the mistake is.
/// <code>
///   w_other := w_other * e^(lambda r),  r = d^t, t references since the eviction;  then w_LRU + w_LFU := 1
/// </code>
/// <para>G. Vietri, L. V. Rodriguez, W. A. Martinez, S. Lyons, J. Liu, R. Rangaswami, M. Zhao, G. Narasimhan, "Driving cache replacement
/// with ML-based LeCaR", USENIX HotStorage 2018.</para>
/// </summary>
[Paper("Draws LRU or LFU by weights that the faults on recently evicted pages move; told of every access.",
    "G. Vietri, L. V. Rodriguez, W. A. Martinez, S. Lyons, J. Liu, R. Rangaswami, M. Zhao, G. Narasimhan, Driving cache replacement with ML-based LeCaR, USENIX HotStorage 2018")]
public struct LeCar : IReclaimPolicy, IPolicy<LeCar, LeCarOptions>
{
    private const int Lru = 0, Lfu = 1;

    /// <summary>Deviation: no weight falls below this, as in the authors' program; the paper would let an expert vanish for good.</summary>
    private const double LeastWeight = 0.01;

    private FrameLists _recency;
    private RisingHeap _frequency;
    private GhostLists _history;
    private FrameArray<Eviction> _evictions;
    private RandomStream _random;
    private double _learningRate;
    private double _logDiscount;
    private double _lruWeight;
    private int _historySize;
    private int _lruHistory, _lfuHistory;
    private int _expert;
    private long _now;
    private ulong _rememberedPage;
    private long _rememberedCount;

    public static string Name => "reclaim/lecar";

    public static LeCar Create(LeCarOptions options, PolicyContext context)
    {
        int size = (int)Math.Min(Math.Max(1, (long)(options.History * context.Capacity)), int.MaxValue / 2);
        var history = new GhostLists(2 * size, 2);
        return new LeCar
        {
            _recency = new FrameLists(context.Frames, 1),
            _frequency = new RisingHeap(context.Frames),
            _history = history,
            _evictions = new FrameArray<Eviction>(history.Capacity),
            _random = new RandomStream(context.Seed),
            _learningRate = options.LearningRate,
            _logDiscount = Math.Log(options.Discount) / context.Capacity,
            _lruWeight = 0.5,
            _historySize = history.Capacity / 2,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        _now++;
        _recency.MoveToNewest(0, folio.Value);
        _frequency.Raise(folio.Value, _frequency.MajorOf(folio.Value) + 1, _now);
    }

    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _now++;
        _frequency.Readmit();
        int ghost = _history.Find(page, shadow);
        if (ghost < 0) return;
        int mistaken = GhostLists.ListOf(shadow);
        Learn(mistaken, Math.Exp(_logDiscount * (_now - _evictions[ghost].At)));
        _rememberedPage = page.Value + 1;
        _rememberedCount = _evictions[ghost].References;
        Forget(mistaken, ghost);
    }

    /// <summary>A page that comes back from a history goes on counting where it left off.</summary>
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        long references = _rememberedPage == page.Value + 1 ? _rememberedCount + 1 : 1;
        _rememberedPage = 0;
        _recency.PushNewest(0, folio.Value);
        // Deviation: of equally frequent pages LFU takes the least recently used; the paper leaves it open.
        if (references == 1) _frequency.Append(folio.Value, 1, _now);
        else _frequency.Insert(folio.Value, references, _now);
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        long references = _frequency.MajorOf(folio.Value);
        OnFree(folio);
        if ((_expert == Lru ? _lruHistory : _lfuHistory) == _historySize) Forget(_expert, _history.Oldest(_expert));
        Shadow shadow = _history.PushNewest(_expert, page);
        _evictions[GhostLists.IndexOf(shadow)] = new Eviction { At = _now, References = references };
        if (_expert == Lru) _lruHistory++;
        else _lfuHistory++;
        return shadow;
    }

    /// <summary>Last in turn for LRU, and out of LFU's sight until the next fault.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _recency.MoveToNewest(0, folio.Value);
        _frequency.SetAside(folio.Value);
    }

    public void OnFree(FrameNumber folio)
    {
        _recency.Remove(folio.Value);
        _frequency.Remove(folio.Value);
    }

    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_frequency.Held == 0 || victims.Length == 0) return 0;
        if (_frequency.Count == 0) _frequency.Readmit();
        _expert = _random.NextDouble() < _lruWeight ? Lru : Lfu;
        victims[0] = new FrameNumber(_expert == Lru ? _recency.Oldest(0) : _frequency.Lowest());
        return 1;
    }

    public readonly void CheckInvariants()
    {
        _frequency.CheckInvariants();
        Books.Balance("pages by recency", _recency.CheckedCount(0), _frequency.Held);
        Books.Balance("LRU's history", _history.CheckedCount(Lru), _lruHistory);
        Books.Balance("LFU's history", _history.CheckedCount(Lfu), _lfuHistory);
        Books.AtMost("LRU's weight", _lruWeight, 1 - LeastWeight);
        Books.AtMost("LFU's weight", 1 - _lruWeight, 1 - LeastWeight);
    }

    private void Learn(int mistaken, double regret)
    {
        double grown = Math.Exp(_learningRate * regret);
        double lru = mistaken == Lfu ? _lruWeight * grown : _lruWeight;
        double lfu = mistaken == Lru ? (1 - _lruWeight) * grown : 1 - _lruWeight;
        _lruWeight = Math.Clamp(lru / (lru + lfu), LeastWeight, 1 - LeastWeight);
    }

    private void Forget(int expert, int ghost)
    {
        _history.Remove(ghost);
        if (expert == Lru) _lruHistory--;
        else _lfuHistory--;
    }

    private struct Eviction
    {
        public long At;
        public long References;
    }
}

/// <summary>Options of <see cref="LeCar"/>.</summary>
public sealed record LeCarOptions
{
    /// <summary>The paper's lambda.</summary>
    [Option("How strongly a mistake moves the weights: lambda", Minimum = 0, Maximum = 10)]
    public double LearningRate { get; init; } = 0.45;

    /// <summary>The paper's d is the N-th root of this.</summary>
    [Option("What a mistake still counts after as many references as there are frames", Minimum = 1e-9, Maximum = 1)]
    public double Discount { get; init; } = 0.005;

    /// <summary>Half the frames in the authors' program.</summary>
    [Option("Evicted pages that each expert's history holds, as a multiple of the frames; at least one page", Minimum = 0, Maximum = 10)]
    public double History { get; init; } = 0.5;
}
