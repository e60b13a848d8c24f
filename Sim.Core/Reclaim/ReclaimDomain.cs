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
/// <param name="domains">All domains; this one takes the next number.</param>
public sealed class ReclaimDomain<TReclaim>(TReclaim policy, FrameArray<Frame> frames, FrameArray<byte> folioBits, int capacity, FrameDomains domains)
    : IReclaimDomain
    where TReclaim : struct, IReclaimPolicy
{
    /// <summary>The policy. A field that is not readonly: a readonly struct field would be copied at every call.</summary>
    public TReclaim Policy = policy;

    /// <summary>One byte a frame: <see cref="Hardware.FolioBits"/>.</summary>
    public FrameArray<byte> FolioBits => folioBits;

    public int Number { get; } = domains.NextNumber;

    public int Capacity { get; } = capacity;

    /// <summary>The number of each frame's domain; null where a process maps frames of its own domain alone.</summary>
    internal unsafe ushort* MixedNumbers => domains.MixedNumbers;

    public int Resident { get; private set; }

    public void OnFault(PageIdentity page, Shadow shadow) => Policy.OnFault(page, shadow);

    public void OnInsert(FrameNumber folio, PageIdentity page)
    {
        Resident++;
        Policy.OnInsert(folio, 0, page);
    }

    public void OnAccess(FrameNumber folio)
    {
        if (TReclaim.View == AccessView.EveryAccess) Policy.OnAccess(folio);
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        Resident--;
        return Policy.OnEvict(folio, page);
    }

    /// <summary>Tells the policy of the domain that a frame is charged to of an access: a process may map frames that another brought in.</summary>
    internal void ReportElsewhere(FrameNumber folio) => ((ReclaimDomain<TReclaim>)domains.Of(folio)).Policy.OnAccess(folio);

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

    public bool TrySelectSurplus(out FrameNumber folio)
    {
        folio = default;
        return TReclaim.IsProactive && Policy.TrySelectSurplus(out folio);
    }

    public void CheckInvariants()
    {
        Policy.CheckInvariants();
        if (Resident > Capacity) throw new InvalidOperationException($"{Resident} frames are resident in a domain of {Capacity}");
    }
}
