using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>Gives a fault's page a frame of its own: from the allocator, or from a victim.</summary>
internal sealed class NewPages(FaultParts parts)
{
    private ulong _lastIdentity;

    /// <summary>The identity of a page that has never been.</summary>
    public PageIdentity NextIdentity() => new(++_lastIdentity);

    /// <summary>Takes a frame. False when the fault must wait or fail, and <paramref name="outcome"/> says which.</summary>
    public bool TryTake(in PageFault fault, PageIdentity identity, Shadow shadow, out FrameGrant grant, out FaultOutcome outcome) =>
        TryTake(fault.Mm.Domain, fault.Task, fault.Payer, fault.Counters, identity, shadow, out grant, out outcome);

    /// <summary>The same for a page of a domain that no fault of its own brings in.</summary>
    public bool TryTake(IReclaimDomain domain, IWaitingTask task, ICharge payer, CounterSet counters, PageIdentity identity, Shadow shadow, out FrameGrant grant,
        out FaultOutcome outcome)
    {
        domain.OnFault(identity, shadow);
        grant = parts.Reclaimer.Take(domain, payer, counters);
        outcome = FaultOutcome.OutOfMemory;
        if (grant.Kind == FrameGrantKind.OutOfMemory) return false;
        if (grant.Kind != FrameGrantKind.Congested) return true;
        parts.Transfers.JoinAny(task);
        outcome = FaultOutcome.WaitingToRetry;
        return false;
    }

    /// <summary>Takes a frame that is free, for a page that nobody has asked for. False when there is none.</summary>
    public bool TryTakeFree(in PageFault fault, PageIdentity identity, out FrameNumber frame)
    {
        if (!parts.Reclaimer.TryTakeFree(fault.Mm.Domain, fault.Payer, out frame)) return false;
        fault.Mm.Domain.OnFault(identity, Shadow.None);
        return true;
    }

    /// <summary>Makes a frame the page's and returns the entry for it.</summary>
    public ulong Fill(in PageFault fault, FrameNumber number, PageIdentity identity, int slot)
    {
        FrameFlags flags = fault.Vma.Has(VmaFlags.Locked) ? FrameFlags.Locked : FrameFlags.None;
        Install(number, identity, slot, flags, fault.IsStore, fault.Mm.Domain, fault.Counters, fault.Payer);
        return PageTableEntry.OfFrame(number, EntryFlags(fault.Vma.Protection, fault.IsStore));
    }

    /// <summary>Makes a frame that is about to be mapped a page's and charges it to a domain.</summary>
    public void Install(FrameNumber number, PageIdentity identity, int slot, FrameFlags flags, bool isDirty, IReclaimDomain domain, CounterSet counters, ICharge payer)
    {
        Hold(number, identity, slot, flags, isDirty, domain, counters, payer);
        payer.Charge(Cost.EntryInstall);
    }

    /// <summary>The same for a frame that is not mapped yet.</summary>
    public void Hold(FrameNumber number, PageIdentity identity, int slot, FrameFlags flags, bool isDirty, IReclaimDomain domain, CounterSet counters, ICharge payer)
    {
        parts.Frames[number.Value].Hold(FrameKind.Anonymous, identity, slot, flags);
        parts.FolioBits[number.Value] = isDirty ? FolioBits.Dirty : (byte)0;
        parts.Domains.Charge(number, domain, identity);
        counters.Add(Counter.PageInsertions);
        payer.Charge(Cost.PageAccount);
    }

    /// <summary>The accessed bit stays clear: the policy hears of the load itself by OnInsert.</summary>
    public static ulong EntryFlags(Protection protection, bool isStore) =>
        ((protection & Protection.Write) != 0 ? PageTableEntry.Writable : 0) | (isStore ? PageTableEntry.Dirty : 0);
}
