using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Least recently used, exactly: every access moves its page to the newest end of one list, and the oldest goes. No kernel can
/// afford to see every access; this is the ideal that the others approximate.
/// <para>R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970.</para>
/// </summary>
[Paper("Evicts the page whose last use lies furthest back; told of every access.",
    "R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, Evaluation techniques for storage hierarchies, IBM Systems Journal 9(2), 1970")]
public struct Lru : IReclaimPolicy, IStackAlgorithm, IPolicy<Lru, NoOptions>
{
    private FrameLists _stack;
    private int _resident;

    public static string Name => "reclaim/lru";

    public static Lru Create(NoOptions options, PolicyContext context) => new() { _stack = new FrameLists(context.Frames, 1) };

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

    public readonly void OnPutBack(FrameNumber folio) => _stack.MoveToNewest(0, folio.Value);

    public void OnFree(FrameNumber folio)
    {
        _stack.Remove(folio.Value);
        _resident--;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct => _stack.CopyOldest(0, victims);

    public readonly void CheckInvariants() => Books.Balance("pages in the stack", _stack.CheckedCount(0), _resident);
}
