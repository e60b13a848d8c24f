using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Adaptive replacement cache. T1 holds pages seen once recently, T2 pages seen again; B1 and B2 are their ghosts. A fault on a ghost of
/// B1 says that T1 is too small and raises its target p, one of B2 lowers it.
/// <code>
///   |B1 ghosts ... | T1 once |   |T2 again | ... B2 ghosts|      |T1|+|T2| &lt;= c,  |T1|+|B1| &lt;= c,  all four &lt;= 2c
/// </code>
/// <para>N. Megiddo, D. S. Modha, "ARC: a self-tuning, low overhead replacement cache", USENIX FAST 2003. Letters as in its figure 4.</para>
/// <para>p is a floating-point number and its step a quotient, as the paper writes them; with integers the counts differ by per cents.</para>
/// </summary>
[Paper("Balances a recency list and a frequency list by the faults on their ghosts; told of every access.",
    "N. Megiddo, D. S. Modha, ARC: a self-tuning, low overhead replacement cache, USENIX FAST 2003")]
public struct Arc : IReclaimPolicy, IPolicy<Arc, NoOptions>
{
    private const int Once = 0, Again = 1, Neither = 2;
    private FrameLists _resident;
    private FrameArray<byte> _listOf;
    private GhostLists _ghosts;
    private int _t1, _t2, _b1, _b2, _c;
    private double _p;
    private byte _insertInto;
    private int _passOver;
    private bool _ghostWasInB2, _leaveNoGhost;

    public static string Name => "reclaim/arc";

    public static Arc Create(NoOptions options, PolicyContext context) => new()
    {
        _resident = new FrameLists(context.Frames, 2),
        _listOf = new FrameArray<byte>(context.Frames),
        _ghosts = new GhostLists(2 * context.Capacity + 2, 2),
        _c = context.Capacity,
    };

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        ref byte list = ref _listOf[folio.Value];
        if (list == Once)
        {
            list = Again;
            _t1--;
            _t2++;
        }
        _resident.MoveToNewest(Again, folio.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _leaveNoGhost = false;
        _ghostWasInB2 = false;
        _passOver = Neither;
        int ghost = _ghosts.Find(page, shadow);
        if (ghost >= 0)
        {
            _insertInto = Again;
            if (GhostLists.ListOf(shadow) == Once)
            {
                _p = Math.Min(_p + (_b2 > _b1 ? (double)_b2 / _b1 : 1), _c);
                _b1--;
            }
            else
            {
                _p = Math.Max(_p - (_b1 > _b2 ? (double)_b1 / _b2 : 1), 0);
                _b2--;
                _ghostWasInB2 = true;
            }
            _ghosts.Remove(ghost);
            return;
        }
        _insertInto = Once;
        if (_t1 + _b1 >= _c)
        {
            if (_t1 < _c) DropOldestGhost(Once);
            else _leaveNoGhost = true;
        }
        else if (_t1 + _t2 + _b1 + _b2 >= 2 * _c && _b2 > 0) DropOldestGhost(Again);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _resident.PushNewest(_insertInto, folio.Value);
        _listOf[folio.Value] = _insertInto;
        if (_insertInto == Once) _t1++;
        else _t2++;
        _insertInto = Once;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        bool fromT1 = _listOf[folio.Value] == Once;
        OnFree(folio);
        if (fromT1)
        {
            if (_leaveNoGhost) return Shadow.None;
            _b1++;
        }
        else _b2++;
        if (_b1 + _b2 > 2 * _c) DropOldestGhost(_b1 > (fromT1 ? 1 : 0) ? Once : Again);
        return _ghosts.PushNewest(fromT1 ? Once : Again, page);
    }

    /// <summary>REPLACE would name the only page of a list again and again; the other list gives instead.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        byte list = _listOf[folio.Value];
        _resident.MoveToNewest(list, folio.Value);
        _passOver = list;
    }

    public void OnFree(FrameNumber folio)
    {
        _resident.Remove(folio.Value);
        if (_listOf[folio.Value] == Once) _t1--;
        else _t2--;
    }

    /// <summary>The paper's REPLACE, one page at a time: its answer depends on the lists that the last eviction left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_t1 + _t2 == 0 || victims.Length == 0) return 0;
        bool fromT1 = _t2 == 0 || (_t1 > 0 && _passOver != Once && (_passOver == Again || _leaveNoGhost || _t1 > _p || (_ghostWasInB2 && _t1 == _p)));
        victims[0] = new FrameNumber(_resident.Oldest(fromT1 ? Once : Again));
        return 1;
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in T1", _resident.CheckedCount(Once), _t1);
        Books.Balance("pages in T2", _resident.CheckedCount(Again), _t2);
        Books.Balance("ghosts in B1", _ghosts.CheckedCount(Once), _b1);
        Books.Balance("ghosts in B2", _ghosts.CheckedCount(Again), _b2);
        Books.AtMost("ghosts", _b1 + _b2, 2.0 * _c);
        Books.AtMost("the target p", _p, _c);
    }

    private void DropOldestGhost(int list)
    {
        _ghosts.RemoveOldest(list);
        if (list == Once) _b1--;
        else _b2--;
    }
}
