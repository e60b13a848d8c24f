using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>Anonymous memory that was never stored to: do_anonymous_page. A load shares the zero page, a store gets a page of zeros of its own.</summary>
internal sealed unsafe class DemandZero(FaultParts parts, NewPages pages)
{
    private readonly bool _bringsMore = parts.Paging.AnonymousPages > 1 || parts.Paging.PagesAhead > 0;

    public FaultOutcome Resolve(ref PageFault fault)
    {
        fault.Cause = FaultCause.DemandZero;
        if (!fault.IsStore && parts.ZeroPage is { } zero)
        {
            // A page that is only read is nobody's own: it needs no anon_vma.
            fault.Cause = FaultCause.ZeroPage;
            fault.Payer.Charge(Cost.EntryInstall);
            PageTable.Set(fault.Entry, PageTableEntry.OfFrame(zero, PageTableEntry.ZeroPage));
            return FaultOutcome.Mapped;
        }
        if (!parts.AnonVmas.TryPrepare(fault.Vma, fault.Payer)) return FaultOutcome.OutOfMemory;
        PageIdentity identity = pages.NextIdentity();
        if (!pages.TryTake(fault, identity, Shadow.None, out FrameGrant grant, out FaultOutcome outcome)) return outcome;
        if (PageTableEntry.IsPresent(*fault.Entry)) parts.Tlbs.Flush(fault.Mm, fault.Page, fault.Page + 1, fault.Payer);
        ulong mapping = pages.Fill(fault, grant.Frame, identity, -1);
        fault.Payer.Charge(Cost.PageZero);
        parts.Contents?.OnZero(grant.Frame);
        if (grant.Kind == FrameGrantKind.MustWrite)
        {
            parts.Transfers.BringIn(grant, fault.Mm, fault.Page, fault.Entry, mapping, false, fault.Payer, fault.Task);
            return FaultOutcome.Waiting;
        }
        parts.ReverseMap.Map(ref parts.Frames[grant.Frame.Value], fault.Entry, mapping);
        fault.Mm.AddResident(1);
        if (_bringsMore) BringMore(fault);
        return FaultOutcome.Mapped;
    }

    /// <summary>
    /// Gives pages around a fault, or after it, frames of zeros too, where they were never touched and lie in the same mapping and leaf table; up to the first for
    /// which there is no free frame.
    /// </summary>
    private void BringMore(in PageFault fault)
    {
        ulong window = (ulong)parts.Paging.AnonymousPages, leaf = LeafTables.Entries;
        ulong from = ulong.Max(fault.Vma.Start, fault.Page & ~(window - 1));
        ulong to = ulong.Max((fault.Page & ~(window - 1)) + window, fault.Page + 1 + (ulong)parts.Paging.PagesAhead);
        to = ulong.Min(ulong.Min(to, fault.Vma.End), (fault.Page & ~(leaf - 1)) + leaf);
        for (ulong page = from; page < to; page++)
        {
            ulong* entry = fault.Entry + (long)(page - fault.Page);
            if (*entry != 0) continue;
            PageIdentity identity = pages.NextIdentity();
            if (!pages.TryTakeFree(fault, identity, out FrameNumber frame)) return;
            FrameFlags flags = fault.Vma.Has(VmaFlags.Locked) ? FrameFlags.Locked : FrameFlags.None;
            pages.Install(frame, identity, -1, flags, isDirty: false, fault.Mm.Domain, fault.Counters, fault.Payer);
            fault.Payer.Charge(Cost.PageZero);
            parts.Contents?.OnZero(frame);
            parts.ReverseMap.Map(ref parts.Frames[frame.Value], entry, PageTableEntry.OfFrame(frame, NewPages.EntryFlags(fault.Vma.Protection, isStore: false)));
            fault.Mm.AddResident(1);
            fault.Counters.Add(Counter.PagesUnasked);
        }
    }

    public FaultOutcome MapHuge(ref PageFault fault)
    {
        fault.Cause = FaultCause.HugePage;
        ulong* entry = fault.Mm.PageTable.MakeHuge(fault.Page, fault.Payer);
        if (entry == null) return FaultOutcome.OutOfMemory;
        if (PageTableEntry.IsPresent(*entry)) return FaultOutcome.Spurious;
        if (!parts.Allocator.TryAllocate(9, FrameKind.Anonymous, AllocationFlags.HugePage, fault.Payer, out FrameNumber frame))
        {
            fault.Counters.Add(Counter.HtlbBuddyAllocFail);
            return FaultOutcome.OutOfMemory;
        }
        fault.Counters.Add(Counter.HtlbBuddyAllocSuccess);
        parts.Frames[frame.Value].Identity = pages.NextIdentity();
        fault.Payer.Charge(Cost.FrameAllocate);
        fault.Payer.Charge(Cost.PageZero, LeafTables.Entries);
        fault.Payer.Charge(Cost.EntryInstall);
        fault.Counters.Add(Counter.PageInsertions, LeafTables.Entries);
        fault.Mm.PageTable.SetHuge(fault.Page, entry, PageTableEntry.OfFrame(frame, NewPages.EntryFlags(fault.Vma.Protection, fault.IsStore) | PageTableEntry.Huge));
        fault.Mm.AddResident(LeafTables.Entries);
        return FaultOutcome.Mapped;
    }
}
