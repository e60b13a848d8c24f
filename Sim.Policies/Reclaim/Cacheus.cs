using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// LeCaR's successor: its two experts stand up to scans and churn, and its learning rate adapts. SR-LRU lets pages in at SR and moves them to
/// R when they are used again; R's oldest are demoted to SR, and SR's oldest goes. Faults on new pages that went too early lengthen SR, hits on
/// demoted pages lengthen R. CR-LFU takes the least frequently used page, and of several the most recently used, so that some pages of a loop
/// stay. An expert is drawn by weight; a fault on a page of its history lowers its weight.
/// <code>
///   new -> | SR  ...  oldest goes |    used again -> | R ... oldest -> demoted to SR |     |SR| + |R| &lt;= c
/// </code>
/// <para>L. V. Rodriguez, F. Yusuf, S. Lyons, E. Paz, R. Rangaswami, J. Liu, M. Zhao, G. Narasimhan, "Learning cache replacement with CACHEUS",
/// USENIX FAST 2021. Details that the paper leaves open are as in the authors' published program.</para>
/// </summary>
[Paper("Draws scan-resistant LRU or churn-resistant LFU by weights, with a learning rate that adapts; told of every access.",
    "L. V. Rodriguez, F. Yusuf, S. Lyons, E. Paz, R. Rangaswami, J. Liu, M. Zhao, G. Narasimhan, Learning cache replacement with CACHEUS, USENIX FAST 2021")]
public struct Cacheus : IReclaimPolicy, IPolicy<Cacheus, NoOptions>
{
    private const int R = 0, Sr = 1;
    private const int Lru = 0, Lfu = 1, Both = 2;
    private const double LeastWeight = 0.01;

    /// <summary>Part of the frames that SR has at first.</summary>
    private const double InitialSr = 0.01;

    private FrameLists _lists;
    private RisingHeap _frequency;
    private FrameArray<PageState> _states;
    private GhostLists _history;
    private FrameArray<Eviction> _evictions;
    private RandomStream _random;
    private AdaptiveRate _rate;
    private double _lruWeight;
    private int _c, _rLimit, _srLimit, _r, _sr;
    private int _demoted, _newInHistory;
    private int _historySize, _lruHistory, _lfuHistory;
    private int _expert;
    private bool _madeRoom, _passOverLru;
    private long _now;
    private ulong _rememberedPage;
    private long _rememberedCount;

    public static string Name => "reclaim/cacheus";

    public static Cacheus Create(NoOptions options, PolicyContext context)
    {
        int sr = Math.Max(1, (int)(InitialSr * context.Capacity + 0.5));
        var history = new GhostLists(2 * Math.Max(1, context.Capacity / 2), 2);
        return new Cacheus
        {
            _lists = new FrameLists(context.Frames, 2),
            _frequency = new RisingHeap(context.Frames),
            _states = new FrameArray<PageState>(context.Frames),
            _history = history,
            _evictions = new FrameArray<Eviction>(history.Capacity),
            _random = new RandomStream(context.Seed),
            _rate = new AdaptiveRate(context.Capacity),
            _lruWeight = 0.5,
            _c = context.Capacity,
            _srLimit = sr,
            _rLimit = context.Capacity - sr,
            _historySize = history.Capacity / 2,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    public void OnAccess(FrameNumber folio)
    {
        _now++;
        _rate.Pass(ref _random);
        _rate.Hit();
        _frequency.Raise(folio.Value, _frequency.MajorOf(folio.Value) + 1, -_now);
        ref PageState state = ref _states[folio.Value];
        if (state.List == R)
        {
            _lists.MoveToNewest(R, folio.Value);
            return;
        }
        if (state.IsDemoted)
        {
            LengthenR();
            state.IsDemoted = false;
            _demoted--;
        }
        _lists.Remove(folio.Value);
        _sr--;
        if (_r >= _rLimit && _r > 0) Demote();
        Enter(R, folio.Value);
    }

    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _now++;
        _rate.Pass(ref _random);
        _frequency.Readmit();
        _madeRoom = false;
        _passOverLru = false;
        int ghost = _history.Find(page, shadow);
        if (ghost < 0) return;
        int mistaken = GhostLists.ListOf(shadow);
        Eviction eviction = _evictions[ghost];
        Forget(mistaken, ghost);
        if (mistaken == Lru && eviction.WasNew) LengthenSr();
        Learn(mistaken);
        _rememberedPage = page.Value + 1;
        _rememberedCount = eviction.References;
    }

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        bool isRemembered = _rememberedPage == page.Value + 1;
        _rememberedPage = 0;
        bool isFull = _madeRoom || _r + _sr >= _c;
        bool isNew = false;
        int list = R;
        if (!isRemembered && !(_r < _rLimit && _sr == 0))
        {
            list = Sr;
            isNew = isFull || _sr >= _srLimit;
        }
        _states[folio.Value] = new PageState { IsNew = isNew };
        // A page from a history has the count that it left with, as in the program, which reckons one more and drops it.
        _frequency.Insert(folio.Value, isRemembered ? _rememberedCount : 1, -_now);
        Enter(list, folio.Value);
        if (!isRemembered && !isNew) return;
        while (_r >= _rLimit && _r > 0) Demote();
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        PageState state = _states[folio.Value];
        long references = _frequency.MajorOf(folio.Value);
        OnFree(folio);
        _madeRoom = true;
        if (_expert == Both) return Shadow.None;
        if ((_expert == Lru ? _lruHistory : _lfuHistory) == _historySize) Forget(_expert, _history.Oldest(_expert));
        Shadow shadow = _history.PushNewest(_expert, page);
        _evictions[GhostLists.IndexOf(shadow)] = new Eviction { References = references, WasNew = state.IsNew };
        if (_expert == Lru)
        {
            _lruHistory++;
            if (state.IsNew) _newInHistory++;
        }
        else _lfuHistory++;
        return shadow;
    }

    /// <summary>CR-LFU alone names the next one, out of whose sight the page is until the next fault: SR may hold no other.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _lists.MoveToNewest(_states[folio.Value].List, folio.Value);
        _frequency.SetAside(folio.Value);
        _passOverLru = true;
    }

    public void OnFree(FrameNumber folio)
    {
        PageState state = _states[folio.Value];
        _lists.Remove(folio.Value);
        _frequency.Remove(folio.Value);
        if (state.List == R) _r--;
        else _sr--;
        if (state.IsDemoted) _demoted--;
    }

    /// <summary>Where both experts name one page, neither is mistaken should it come back: it goes to no history.</summary>
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_frequency.Held == 0 || victims.Length == 0) return 0;
        if (_frequency.Count == 0) _frequency.Readmit();
        int lru = _lists.Oldest(_sr > 0 ? Sr : R);
        int lfu = _frequency.Lowest();
        int drawn = _random.NextDouble() < _lruWeight ? Lru : Lfu;
        _expert = lru == lfu ? Both : _passOverLru ? Lfu : drawn;
        victims[0] = new FrameNumber(_expert == Lru ? lru : lfu);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        _frequency.CheckInvariants();
        Books.Balance("pages in R", _lists.CheckedCount(R), _r);
        Books.Balance("pages in SR", _lists.CheckedCount(Sr), _sr);
        Books.Balance("pages in both", _r + _sr, _frequency.Held);
        Books.Balance("both limits", _rLimit + _srLimit, _c);
        Books.Balance("LRU's history", _history.CheckedCount(Lru), _lruHistory);
        Books.Balance("LFU's history", _history.CheckedCount(Lfu), _lfuHistory);
        Books.AtMost("demoted pages", _demoted, _sr);
        Books.AtMost("new pages in LRU's history", _newInHistory, _lruHistory);
    }

    private void Enter(int list, int frame)
    {
        _lists.PushNewest(list, frame);
        _states[frame].List = (byte)list;
        if (list == R) _r++;
        else _sr++;
    }

    private void Demote()
    {
        int oldest = _lists.Oldest(R);
        _lists.Remove(oldest);
        _r--;
        Enter(Sr, oldest);
        _states[oldest].IsDemoted = true;
        _demoted++;
    }

    private void LengthenR()
    {
        _rLimit = Math.Min(_c - 1, _rLimit + Step(_newInHistory, _demoted));
        _srLimit = _c - _rLimit;
    }

    private void LengthenSr()
    {
        _srLimit = Math.Min(_c - 1, _srLimit + Step(_demoted, _newInHistory));
        _rLimit = _c - _srLimit;
    }

    /// <summary>The rarer kind of page moves the limit the further.</summary>
    private static int Step(int many, int few) => Math.Max(1, (int)((double)many / Math.Max(1, few) + 0.5));

    private void Learn(int mistaken)
    {
        double lru = _lruWeight, lfu = 1 - _lruWeight;
        if (mistaken == Lru) lru *= Math.Exp(-_rate.Value);
        else lfu *= Math.Exp(-_rate.Value);
        _lruWeight = Math.Clamp(lru / (lru + lfu), LeastWeight, 1 - LeastWeight);
    }

    private void Forget(int expert, int ghost)
    {
        if (expert == Lru)
        {
            _lruHistory--;
            if (_evictions[ghost].WasNew) _newInHistory--;
        }
        else _lfuHistory--;
        _history.Remove(ghost);
    }

    private struct PageState
    {
        public byte List;
        public bool IsNew;
        public bool IsDemoted;
    }

    private struct Eviction
    {
        public long References;
        public bool WasNew;
    }
}
