using System;
using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>
/// A set of frames under one replacement policy with its own lists: the whole machine, or one process under local replacement.
/// A folio is in exactly one domain.
/// </summary>
public interface IReclaimDomain
{
    /// <summary>Its number among the domains that there are; 0 where there is one for all memory.</summary>
    int Number { get; }

    /// <summary>User frames that the domain may hold at most.</summary>
    int Capacity { get; }

    /// <summary>User frames that it holds now.</summary>
    int Resident { get; }

    /// <inheritdoc cref="IReclaimPolicy.OnFault"/>
    void OnFault(PageIdentity page, Shadow shadow);

    /// <inheritdoc cref="IReclaimPolicy.OnInsert"/>
    void OnInsert(FrameNumber folio, PageIdentity page);

    /// <summary>A resident folio is accessed otherwise than through a translation: by a call, or by the fault that maps it.</summary>
    void OnAccess(FrameNumber folio);

    /// <inheritdoc cref="IReclaimPolicy.OnEvict"/>
    Shadow OnEvict(FrameNumber folio, PageIdentity page);

    /// <inheritdoc cref="IReclaimPolicy.OnPutBack"/>
    void OnPutBack(FrameNumber folio);

    /// <inheritdoc cref="IReclaimPolicy.OnFree"/>
    void OnFree(FrameNumber folio);

    /// <inheritdoc cref="IReclaimPolicy.SelectVictims"/>
    int SelectVictims(Span<FrameNumber> victims);

    /// <inheritdoc cref="IReclaimPolicy.TrySelectSurplus"/>
    bool TrySelectSurplus(out FrameNumber folio);

    /// <summary>Checks the policy's books and the domain's count.</summary>
    void CheckInvariants();
}
