using System;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// The optimum (MIN): evicts the page whose next use lies furthest ahead. Needs the whole reference string in advance; an ordinary policy
/// otherwise, so that every comparison can carry its bound. Resident pages stand in a binary heap by next use.
/// <para>L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966. Proof of optimality:
/// Mattson et al., IBM Systems Journal 9(2), 1970. A page is always loaded: there is no bypass.</para>
/// </summary>
[Paper("Evicts the page whose next use lies furthest ahead; needs the future and every access.",
    "L. A. Belady, A study of replacement algorithms for a virtual-storage computer, IBM Systems Journal 5(2), 1966")]
public struct Opt : IReclaimPolicy, INeedsFuture, IStackAlgorithm, IPolicy<Opt, NoOptions>
{
    private IReferenceFuture _future;
    private FrameArray<Entry> _heap;
    private FrameArray<int> _placeOf;
    private long _position;
    private int _count;

    public static string Name => "reclaim/opt";

    public static Opt Create(NoOptions options, PolicyContext context) => new()
    {
        _future = context.Future ?? throw new PolicyOptionException("needs the references to come, which are not known here"),
        _heap = new FrameArray<Entry>(context.Frames),
        _placeOf = new FrameArray<int>(context.Frames),
    };

    public static AccessView View => AccessView.EveryAccess;

    /// <summary>The next use only ever moves further ahead.</summary>
    public void OnAccess(FrameNumber folio)
    {
        int place = _placeOf[folio.Value];
        SiftUp(place, new Entry { NextUse = _future.NextUse(_position++), Frame = folio.Value });
    }

    public readonly void OnFault(PageIdentity page, Shadow shadow)
    {
    }

    public void OnInsert(FrameNumber folio, int order, PageIdentity page) =>
        SiftUp(_count++, new Entry { NextUse = _future.NextUse(_position++), Frame = folio.Value });

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        return Shadow.None;
    }

    /// <summary>Ranked as if used at once, until it is.</summary>
    public readonly void OnPutBack(FrameNumber folio) =>
        SiftDown(_placeOf[folio.Value], new Entry { NextUse = _position, Frame = folio.Value });

    public void OnFree(FrameNumber folio)
    {
        int hole = _placeOf[folio.Value];
        Entry last = _heap[--_count];
        if (hole == _count) return;
        if (last.NextUse > _heap[hole].NextUse) SiftUp(hole, last);
        else SiftDown(hole, last);
    }

    public readonly int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_count == 0 || victims.Length == 0) return 0;
        victims[0] = new FrameNumber(_heap[0].Frame);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        for (int place = 0; place < _count; place++)
        {
            Books.Balance($"place of frame {_heap[place].Frame}", _placeOf[_heap[place].Frame], place);
            if (place > 0) Books.AtMost($"next use at {place}", _heap[place].NextUse, _heap[(place - 1) / 2].NextUse);
        }
    }

    private readonly void SiftUp(int place, Entry entry)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (_heap[parent].NextUse >= entry.NextUse) break;
            Put(place, _heap[parent]);
            place = parent;
        }
        Put(place, entry);
    }

    private readonly void SiftDown(int place, Entry entry)
    {
        for (int child = 2 * place + 1; child < _count; child = 2 * place + 1)
        {
            if (child + 1 < _count && _heap[child + 1].NextUse > _heap[child].NextUse) child++;
            if (_heap[child].NextUse <= entry.NextUse) break;
            Put(place, _heap[child]);
            place = child;
        }
        Put(place, entry);
    }

    private readonly void Put(int place, Entry entry)
    {
        _heap[place] = entry;
        _placeOf[entry.Frame] = place;
    }

    private struct Entry
    {
        public long NextUse;
        public int Frame;
    }
}
