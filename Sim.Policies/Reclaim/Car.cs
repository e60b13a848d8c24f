using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// ARC with clocks: T1 and T2 are clocks over accessed bits instead of LRU lists, so that a hit costs nothing. A page of T1 whose bit is
/// set when its hand comes moves to T2; B1 and B2 are the ghosts of either and move T1's target p by their hits, as in ARC.
/// <code>
///   |B1 ghosts ... | T1 clock |   |T2 clock | ... B2 ghosts|      |T1|+|T2| &lt;= c,  |T1|+|B1| &lt;= c,  all four &lt;= 2c
/// </code>
/// <para>S. Bansal, D. S. Modha, "CAR: clock with adaptive replacement", USENIX FAST 2004. Letters as in its figure 2.</para>
/// </summary>
[Paper("ARC's two lists and ghosts, with clocks over accessed bits in place of the lists.",
    "S. Bansal, D. S. Modha, CAR: clock with adaptive replacement, USENIX FAST 2004")]
public struct Car : IReclaimPolicy, IPolicy<Car, NoOptions>
{
    private const int Once = 0, Again = 1, Neither = 2;
    private FrameLists _clocks;
    private FrameArray<byte> _clockOf;
    private GhostLists _ghosts;
    private int _t1, _t2, _b1, _b2, _c;
    private double _p;
    private ulong _ghostPage;
    private int _ghostList;
    private int _passOver;

    public static string Name => "reclaim/car";

    public static Car Create(NoOptions options, PolicyContext context) => new()
    {
        _clocks = new FrameLists(context.Frames, 2),
        _clockOf = new FrameArray<byte>(context.Frames),
        _ghosts = new GhostLists((int)Math.Min(2L * context.Capacity, int.MaxValue), 2),
        _c = context.Capacity,
        _passOver = Neither,
    };

    public static AccessView View => AccessView.AccessedBit;

    public readonly void OnAccess(FrameNumber folio)
    {
    }

    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _passOver = Neither;
        int ghost = _ghosts.Find(page, shadow);
        if (ghost < 0) return;
        _ghostPage = page.Value + 1;
        _ghostList = GhostLists.ListOf(shadow);
        DropGhost(_ghostList, ghost);
    }

    /// <summary>The directory is trimmed and p moved after room was made: the paper's order, other than ARC's.</summary>
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        bool wasGhost = _ghostPage == page.Value + 1;
        _ghostPage = 0;
        if (wasGhost) Adapt();
        else TrimDirectory();
        Enter(folio.Value, (byte)(wasGhost ? Again : Once));
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        int list = _clockOf[folio.Value];
        OnFree(folio);
        _passOver = Neither;
        if (_b1 + _b2 == _ghosts.Capacity) DropOldestGhost(_b1 > 0 ? Once : Again);
        if (list == Once) _b1++;
        else _b2++;
        return _ghosts.PushNewest(list, page);
    }

    /// <summary>Goes where a page with its bit set would; the other clock gives instead, else the only page of one would be named for ever.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _passOver = _clockOf[folio.Value];
        OnFree(folio);
        Enter(folio.Value, Again);
    }

    public void OnFree(FrameNumber folio)
    {
        _clocks.Remove(folio.Value);
        if (_clockOf[folio.Value] == Once) _t1--;
        else _t2--;
    }

    /// <summary>The paper's replace(), one page at a time: its answer depends on the clocks that the last eviction left.</summary>
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_t1 + _t2 == 0 || victims.Length == 0) return 0;
        while (true)
        {
            bool fromT1 = _t2 == 0 || (_t1 > 0 && _passOver != Once && (_passOver == Again || _t1 >= Math.Max(1, _p)));
            var head = new FrameNumber(_clocks.Oldest(fromT1 ? Once : Again));
            if (!accessedBits.TestAndClear(head))
            {
                victims[0] = head;
                return 1;
            }
            OnFree(head);
            Enter(head.Value, Again);
        }
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in T1", _clocks.CheckedCount(Once), _t1);
        Books.Balance("pages in T2", _clocks.CheckedCount(Again), _t2);
        Books.Balance("ghosts in B1", _ghosts.CheckedCount(Once), _b1);
        Books.Balance("ghosts in B2", _ghosts.CheckedCount(Again), _b2);
        Books.AtMost("T1 with its ghosts", _t1 + _b1, _c);
        Books.AtMost("the directory", _t1 + _t2 + _b1 + _b2, 2.0 * _c);
        Books.AtMost("the target p", _p, _c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter(int frame, byte clock)
    {
        _clocks.PushNewest(clock, frame);
        _clockOf[frame] = clock;
        if (clock == Once) _t1++;
        else _t2++;
    }

    /// <summary>The paper counts the page itself among the ghosts still.</summary>
    private void Adapt()
    {
        if (_ghostList == Once) _p = Math.Min(_p + Math.Max(1, (double)_b2 / (_b1 + 1)), _c);
        else _p = Math.Max(_p - Math.Max(1, (double)_b1 / (_b2 + 1)), 0);
    }

    /// <summary>Room in the directory for a page that was not in it. Loops, for freed pages leave more ghosts behind than the paper knows.</summary>
    private void TrimDirectory()
    {
        while (_b1 > 0 && _t1 + _b1 >= _c) DropOldestGhost(Once);
        while (_b2 > 0 && _t1 + _t2 + _b1 + _b2 >= 2 * _c) DropOldestGhost(Again);
    }

    private void DropOldestGhost(int list) => DropGhost(list, _ghosts.Oldest(list));

    private void DropGhost(int list, int ghost)
    {
        _ghosts.Remove(ghost);
        if (list == Once) _b1--;
        else _b2--;
    }
}
