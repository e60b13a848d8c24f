using System;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Not recently used. Pages fall into four classes by the bits referenced and modified since the last reset, and a page of the lowest
/// class goes: 0 neither, 1 modified, 2 referenced, 3 both. Every so often all referenced bits are cleared.
/// <para>A. S. Tanenbaum, "Modern Operating Systems", section on page replacement; VAX/VMS used a kin of it (H. M. Levy, P. H. Lipman,
/// "Virtual memory management in the VAX/VMS operating system", IEEE Computer 15(3), 1982).</para>
/// <para>Deviations: the reset comes after a number of faults, not clock ticks, so that counts do not depend on the cost model; it also
/// comes when no unreferenced page is left, so classes 2 and 3 are never chosen from; within a class the oldest goes instead of a random one.</para>
/// </summary>
[Paper("Evicts from the lowest class of (referenced, modified); referenced bits are cleared every so often.",
    "A. S. Tanenbaum, Modern Operating Systems; H. M. Levy, P. H. Lipman, Virtual memory management in the VAX/VMS operating system, IEEE Computer 15(3), 1982")]
public struct Nru : IReclaimPolicy, IPolicy<Nru, NruOptions>
{
    private const int Clean = 0, Modified = 1, Referenced = 2, Lists = 3;
    private FrameLists _classes;
    private long _resetInterval;
    private long _faultsUntilReset;
    private int _resident;

    public static string Name => "reclaim/nru";

    public static Nru Create(NruOptions options, PolicyContext context)
    {
        long interval = Math.Max(1, (long)Math.Ceiling(options.ResetInterval * context.Capacity));
        return new Nru { _classes = new FrameLists(context.Frames, Lists), _resetInterval = interval, _faultsUntilReset = interval };
    }

    public static AccessView View => AccessView.AccessedBit;

    public readonly void OnAccess(FrameNumber folio)
    {
    }

    public void OnFault(PageIdentity page, Shadow shadow) => _faultsUntilReset--;

    /// <summary>The access that loads a page references it.</summary>
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _classes.PushNewest(Referenced, folio.Value);
        _resident++;
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        return Shadow.None;
    }

    public readonly void OnPutBack(FrameNumber folio) => _classes.MoveToNewest(Referenced, folio.Value);

    public void OnFree(FrameNumber folio)
    {
        _classes.Remove(folio.Value);
        _resident--;
    }

    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_resident == 0 || victims.Length == 0) return 0;
        if (_faultsUntilReset <= 0) Reset(ref accessedBits);
        while (true)
        {
            if (TryOldest(ref accessedBits, Clean, out victims[0]) || TryOldest(ref accessedBits, Modified, out victims[0])) return 1;
            Reset(ref accessedBits);
        }
    }

    public readonly void CheckInvariants() => Books.Balance("pages in the classes",
        _classes.CheckedCount(Clean) + _classes.CheckedCount(Modified) + _classes.CheckedCount(Referenced), _resident);

    /// <summary>The oldest page of a class that still belongs to it; those that were used since move on to where they belong now.</summary>
    private readonly bool TryOldest<TBits>(ref TBits accessedBits, int list, out FrameNumber oldest)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        for (int frame = _classes.Oldest(list); frame != _classes.Sentinel(list); frame = _classes.Oldest(list))
        {
            oldest = new FrameNumber(frame);
            if (accessedBits.Test(oldest)) _classes.MoveToNewest(Referenced, frame);
            else if (list == Clean && accessedBits.IsDirty(oldest)) _classes.MoveToNewest(Modified, frame);
            else return true;
        }
        oldest = default;
        return false;
    }

    /// <summary>Clears every referenced bit: all pages are unreferenced now, in their old order.</summary>
    private void Reset<TBits>(ref TBits accessedBits)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        _faultsUntilReset = _resetInterval;
        for (int frame = _classes.Oldest(Referenced); frame != _classes.Sentinel(Referenced); frame = _classes.Oldest(Referenced))
        {
            var folio = new FrameNumber(frame);
            accessedBits.TestAndClear(folio);
            _classes.MoveToNewest(accessedBits.IsDirty(folio) ? Modified : Clean, frame);
        }
        ClearBits(ref accessedBits, Clean);
        ClearBits(ref accessedBits, Modified);
    }

    private readonly void ClearBits<TBits>(ref TBits accessedBits, int list)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        for (int frame = _classes.Oldest(list); frame != _classes.Sentinel(list); frame = _classes.Newer(frame))
            accessedBits.TestAndClear(new FrameNumber(frame));
    }
}

/// <summary>Options of <see cref="Nru"/>.</summary>
public sealed record NruOptions
{
    [Option("Faults between two clearings of all referenced bits, as a multiple of the frames", Minimum = 0, Maximum = 1000)]
    public double ResetInterval { get; init; } = 0.25;
}
