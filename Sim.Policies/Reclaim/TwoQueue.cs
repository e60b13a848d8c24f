using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// 2Q, full version. New pages pass through a first-in first-out queue A1in, in which a hit moves nothing; those that leave it are remembered
/// in A1out. A fault on a page that A1out remembers brings it into Am, which is an LRU list. A1in gives when it is longer than its share,
/// otherwise Am gives, and its page is forgotten.
/// <code>
///   new page -> | A1in, Kin frames | -> | A1out, Kout ghosts | -> forgotten
///                                              | fault
///                                              v
///                                       | Am, the other frames, LRU | -> forgotten
/// </code>
/// <para>T. Johnson, D. Shasha, "2Q: a low overhead high performance buffer management replacement algorithm", VLDB 1994. Names as there;
/// Kin and Kout are the fractions of section 4, rounded down.</para>
/// </summary>
[Paper("Pages seen once pass through a short queue; those that fault again soon after enter an LRU list; told of every access.",
    "T. Johnson, D. Shasha, 2Q: a low overhead high performance buffer management replacement algorithm, VLDB 1994")]
public struct TwoQueue : IReclaimPolicy, IPolicy<TwoQueue, TwoQueueOptions>
{
    private const int A1in = 0, Am = 1, Neither = 2;
    private FrameLists _lists;
    private FrameArray<byte> _listOf;
    private GhostLists _a1out;
    private int _kin, _kout;
    private int _a1inCount, _amCount, _a1outCount;
    private int _passOver;
    private byte _insertInto;

    public static string Name => "reclaim/2q";

    public static TwoQueue Create(TwoQueueOptions options, PolicyContext context)
    {
        int kout = (int)(options.Kout * context.Capacity);
        return new TwoQueue
        {
            _lists = new FrameLists(context.Frames, 2),
            _listOf = new FrameArray<byte>(context.Frames),
            _a1out = new GhostLists(kout, 1),
            _kin = (int)(options.Kin * context.Capacity),
            _kout = kout,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void OnAccess(FrameNumber folio)
    {
        if (_listOf[folio.Value] == Am) _lists.MoveToNewest(Am, folio.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFault(PageIdentity page, Shadow shadow)
    {
        _passOver = Neither;
        _insertInto = A1in;
        int ghost = _a1out.Find(page, shadow);
        if (ghost < 0) return;
        _a1out.Remove(ghost);
        _a1outCount--;
        _insertInto = Am;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _lists.PushNewest(_insertInto, folio.Value);
        _listOf[folio.Value] = _insertInto;
        if (_insertInto == A1in) _a1inCount++;
        else _amCount++;
        _insertInto = A1in;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        bool fromA1in = _listOf[folio.Value] == A1in;
        OnFree(folio);
        if (!fromA1in || _kout == 0) return Shadow.None;
        if (_a1outCount == _kout) _a1out.RemoveOldest(0);
        else _a1outCount++;
        return _a1out.PushNewest(0, page);
    }

    /// <summary>The other list gives instead: this one might hold nothing else.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _passOver = _listOf[folio.Value];
        _lists.MoveToNewest(_passOver, folio.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFree(FrameNumber folio)
    {
        _lists.Remove(folio.Value);
        if (_listOf[folio.Value] == A1in) _a1inCount--;
        else _amCount--;
    }

    /// <summary>The paper's reclaimfor, one page at a time: its answer depends on how long the lists are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_a1inCount + _amCount == 0 || victims.Length == 0) return 0;
        bool fromA1in = _amCount == 0 || (_a1inCount > 0 && _passOver != A1in && (_passOver == Am || _a1inCount > _kin));
        victims[0] = new FrameNumber(_lists.Oldest(fromA1in ? A1in : Am));
        return 1;
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in A1in", _lists.CheckedCount(A1in), _a1inCount);
        Books.Balance("pages in Am", _lists.CheckedCount(Am), _amCount);
        Books.Balance("ghosts in A1out", _a1out.CheckedCount(0), _a1outCount);
        Books.AtMost("ghosts in A1out", _a1outCount, _kout);
    }
}

/// <summary>Options of <see cref="TwoQueue"/>.</summary>
public sealed record TwoQueueOptions
{
    /// <summary>Kin as a fraction of the frames.</summary>
    [Option("Frames above which A1in gives, as a fraction of all", Minimum = 0, Maximum = 1)]
    public double Kin { get; init; } = 0.25;

    /// <summary>Kout as a fraction of the frames.</summary>
    [Option("Pages that A1out remembers, as a fraction of the frames", Minimum = 0, Maximum = 10)]
    public double Kout { get; init; } = 0.5;
}
