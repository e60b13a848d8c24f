using System;
using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>
/// Page replacement within one reclaim domain: which resident folio goes when room is needed. Implementations are structs,
/// so that the loops that call them per access are compiled for each one; state lies in arrays indexed by frame.
/// <para>The order of calls for one fault: <see cref="OnFault"/>, then, if there is no room, <see cref="SelectVictims"/> with
/// <see cref="OnEvict"/> or <see cref="OnPutBack"/> for each victim, then <see cref="OnInsert"/>. No other fault comes between.</para>
/// <para>The access that brings a page in is reported by <see cref="OnInsert"/> alone: neither <see cref="OnAccess"/> nor the accessed
/// bit tells of it. A policy that treats a loaded page as referenced keeps that itself.</para>
/// <para>Only <see cref="TrySelectSurplus"/> has a default body, which nobody calls: on a struct it would box a copy and lose state.</para>
/// </summary>
public interface IReclaimPolicy
{
    /// <summary>What the policy must be told. Constant for the type: the loops are specialised by it.</summary>
    static abstract AccessView View { get; }

    /// <summary>Whether the policy is an <see cref="IProactiveReclaim"/>, which says so for it. Constant for the type.</summary>
    static virtual bool IsProactive => false;

    /// <summary>A resident folio is accessed. Called for <see cref="AccessView.EveryAccess"/> only.</summary>
    void OnAccess(FrameNumber folio);

    /// <summary>
    /// An absent page is wanted. Comes before room is made, so that a ghost hit can change who is chosen.
    /// <paramref name="shadow"/> is what <see cref="OnEvict"/> returned for this page, or none; a stale one is possible.
    /// </summary>
    void OnFault(PageIdentity page, Shadow shadow);

    /// <summary>A folio of 2^<paramref name="order"/> frames becomes resident. It is not yet known to the policy.</summary>
    void OnInsert(FrameNumber folio, int order, PageIdentity page);

    /// <summary>A folio that <see cref="SelectVictims"/> named leaves. The policy forgets the frame; it may keep a ghost of the page.</summary>
    Shadow OnEvict(FrameNumber folio, PageIdentity page);

    /// <summary>A folio that <see cref="SelectVictims"/> named could not be evicted (it is pinned or in transit) and stays: choose another next time.</summary>
    void OnPutBack(FrameNumber folio);

    /// <summary>A folio is gone because its page ceased to exist (unmapped, exited): no ghost.</summary>
    void OnFree(FrameNumber folio);

    /// <summary>
    /// Names up to <paramref name="victims"/>.Length distinct resident folios to evict, best first, and returns how many.
    /// They stay resident, and known to the policy, until <see cref="OnEvict"/>. 0 only when nothing is resident.
    /// </summary>
    int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct;

    /// <summary>
    /// The resident folio that is to leave next, or false when none is. Only an <see cref="IProactiveReclaim"/> is asked. Asking changes nothing:
    /// <see cref="OnEvict"/> follows, or <see cref="OnPutBack"/>, after which the policy no longer asks for this folio to leave.
    /// </summary>
    bool TrySelectSurplus(out FrameNumber folio) => throw new NotSupportedException();

    /// <summary>Throws <see cref="InvalidOperationException"/> with values when the policy's own books do not agree.</summary>
    void CheckInvariants();
}
