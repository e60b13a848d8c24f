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
        if (PageTableEntry.IsPresent(*fault.Entry)) parts.Tlbs.Flush(fault.Mm.Index, fault.Page, fault.Page + 1, fault.Payer);
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
        return FaultOutcome.Mapped;
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
