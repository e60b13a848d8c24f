using System;
using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>Hides one policy's type from everything but the access loop.</summary>
/// <param name="policy">The policy, freshly made.</param>
/// <param name="frames">All frames of the machine.</param>
/// <param name="folioBits">One byte a frame: <see cref="Hardware.FolioBits"/>.</param>
/// <param name="capacity">User frames that the domain may hold.</param>
public sealed class ReclaimDomain<TReclaim>(TReclaim policy, FrameArray<Frame> frames, FrameArray<byte> folioBits, int capacity) : IReclaimDomain
    where TReclaim : struct, IReclaimPolicy
{
    /// <summary>The policy. A field that is not readonly: a readonly struct field would be copied at every call.</summary>
    public TReclaim Policy = policy;

    /// <summary>One byte a frame: <see cref="Hardware.FolioBits"/>.</summary>
    public FrameArray<byte> FolioBits => folioBits;

    public int Capacity { get; } = capacity;

    public int Resident { get; private set; }

    public void OnFault(PageIdentity page, Shadow shadow) => Policy.OnFault(page, shadow);

    public void OnInsert(FrameNumber folio, PageIdentity page)
    {
        Resident++;
        Policy.OnInsert(folio, 0, page);
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        Resident--;
        return Policy.OnEvict(folio, page);
    }

    public void OnPutBack(FrameNumber folio) => Policy.OnPutBack(folio);

    public void OnFree(FrameNumber folio)
    {
        Resident--;
        Policy.OnFree(folio);
    }

    public int SelectVictims(Span<FrameNumber> victims)
    {
        var bits = new AccessedBits(frames, folioBits);
        return Policy.SelectVictims(ref bits, victims);
    }

    public bool TrySelectSurplus(out FrameNumber folio) => Surplus<TReclaim>.TrySelect(ref Policy, out folio);

    public void CheckInvariants()
    {
        Policy.CheckInvariants();
        if (Resident > Capacity) throw new InvalidOperationException($"{Resident} frames are resident in a domain of {Capacity}");
    }
}
