using System;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>A domain with room for everything, out of which nothing is ever taken.</summary>
internal sealed class NoReplacement : IReclaimDomain
{
    public int Number => 0;

    public int Capacity => int.MaxValue;

    public int Resident { get; private set; }

    public void OnFault(PageIdentity page, Shadow shadow)
    {
    }

    public void OnInsert(FrameNumber folio, PageIdentity page) => Resident++;

    public void OnAccess(FrameNumber folio)
    {
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page) => throw new InvalidOperationException("nothing is evicted here");

    public void OnPutBack(FrameNumber folio)
    {
    }

    public void OnFree(FrameNumber folio) => Resident--;

    public int SelectVictims(Span<FrameNumber> victims) => 0;

    public bool TrySelectSurplus(out FrameNumber folio)
    {
        folio = default;
        return false;
    }

    public void CheckInvariants()
    {
    }
}
