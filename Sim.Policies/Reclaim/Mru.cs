using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Most recently used: the page that was used last goes. Keeps all but one frame of a loop that does not fit, where LRU keeps nothing.
/// <para>H.-T. Chou, D. J. DeWitt, "An evaluation of buffer management strategies for relational database systems", VLDB 1985.</para>
/// </summary>
[Paper("Evicts the page that was used last; told of every access.",
    "H.-T. Chou, D. J. DeWitt, An evaluation of buffer management strategies for relational database systems, VLDB 1985")]
public struct Mru : IReclaimPolicy, IPolicy<Mru, NoOptions>
{
    private FrameLists _stack;
    private int _resident;

    public static string Name => "reclaim/mru";

    public static Mru Create(NoOptions options, PolicyContext context) => new() { _stack = new FrameLists(context.Frames, 1) };

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void OnAccess(FrameNumber folio) => _stack.MoveToNewest(0, folio.Value);

    public readonly void OnFault(PageIdentity page, Shadow shadow)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _stack.PushNewest(0, folio.Value);
        _resident++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        return Shadow.None;
    }

    public readonly void OnPutBack(FrameNumber folio)
    {
        _stack.Remove(folio.Value);
        _stack.InsertNewerThan(_stack.Sentinel(0), folio.Value);
    }

    public void OnFree(FrameNumber folio)
    {
        _stack.Remove(folio.Value);
        _resident--;
    }

    public readonly int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        int count = 0;
        int sentinel = _stack.Sentinel(0);
        for (int frame = _stack.Older(sentinel); count < victims.Length && frame != sentinel; frame = _stack.Older(frame))
            victims[count++] = new FrameNumber(frame);
        return count;
    }

    public readonly void CheckInvariants() => Books.Balance("pages in the stack", _stack.CheckedCount(0), _resident);
}
