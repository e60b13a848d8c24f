using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>
/// A store to a page that is there and may not be stored to just so: do_wp_page.
/// <code>
///   shared mapping               the store is let through, and the page is dirty
///   private, one owner is left   it takes the page over
///   private, otherwise           a copy
/// </code>
/// </summary>
internal sealed unsafe class CopyOnWrite(FaultParts parts, NewPages pages)
{
    public FaultOutcome Resolve(ref PageFault fault)
    {
        ulong value = *fault.Entry;
        FrameNumber old = PageTableEntry.FrameOf(value);
        ref Frame frame = ref parts.Frames[old.Value];
        if (fault.Vma.Has(VmaFlags.Shared))
        {
            fault.Cause = FaultCause.FileWrite;
            if (frame.Kind == FrameKind.PageCache) parts.Cache!.MarkDirty(old, fault.Payer.Now);
            else frame.Flags |= FrameFlags.Dirty;
            LetThrough(fault, old);
            return frame.Kind == FrameKind.PageCache && parts.Cache!.MustWaitForWriteback(old, fault.Task, fault.Payer.Now) ? FaultOutcome.Waiting : FaultOutcome.Mapped;
        }
        if (frame.Kind == FrameKind.Anonymous) fault.Payer.Charge(Cost.SharedPageCheck);
        if (IsReusable(frame)) return TakeOver(ref fault, old);
        fault.Cause = frame.Kind == FrameKind.PageCache ? FaultCause.FileCopy : FaultCause.CopyOnWrite;
        if (!parts.AnonVmas.TryPrepare(fault.Vma, fault.Payer)) return FaultOutcome.OutOfMemory;
        return Copy(ref fault, old, value);
    }

    /// <summary>Gives a page of a private mapping a copy of a frame, where something is mapped already or nothing yet.</summary>
    public FaultOutcome Copy(ref PageFault fault, FrameNumber source, ulong value)
    {
        PageIdentity identity = pages.NextIdentity();
        if (!pages.TryTake(fault, identity, Shadow.None, out FrameGrant grant, out FaultOutcome outcome)) return outcome;
        bool isStill = *fault.Entry == value;
        ref Frame old = ref parts.Frames[source.Value];
        if (!isStill || grant.Kind == FrameGrantKind.MustWrite || (value != 0 && IsReusable(old)))
        {
            // Making room took the page itself or another owner's, or the frame is not free yet: the access is tried again.
            if (grant.Kind == FrameGrantKind.MustWrite) parts.Transfers.JoinAny(fault.Task);
            parts.Reclaimer.Release(grant, fault.Payer);
            return grant.Kind == FrameGrantKind.MustWrite ? FaultOutcome.WaitingToRetry : FaultOutcome.Spurious;
        }
        fault.Payer.Charge(Cost.PageCopy);
        fault.Counters.Add(Counter.CowCopies);
        parts.Contents?.OnCopy(source, grant.Frame);
        ulong mapping = pages.Fill(fault, grant.Frame, identity, -1);
        if (value != 0)
        {
            parts.ReverseMap.Unmap(ref old, fault.Entry, 0);
            if (fault.Vma.Has(VmaFlags.Locked)) old.Flags &= ~FrameFlags.Locked;
            parts.Tlbs.Flush(fault.Mm, fault.Page, fault.Page + 1, fault.Payer);
        }
        else fault.Mm.AddResident(1);
        parts.ReverseMap.Map(ref parts.Frames[grant.Frame.Value], fault.Entry, mapping);
        return FaultOutcome.Mapped;
    }

    /// <summary>wp_can_reuse_anon_folio.</summary>
    private static bool IsReusable(in Frame frame) =>
        frame.Kind == FrameKind.Anonymous && ((frame.Flags & FrameFlags.MaybeShared) == 0 || !ReverseMap.IsShared(frame));

    private FaultOutcome TakeOver(ref PageFault fault, FrameNumber number)
    {
        fault.Cause = FaultCause.Reuse;
        fault.Counters.Add(Counter.CowReuses);
        parts.Frames[number.Value].Flags &= ~FrameFlags.MaybeShared;
        return LetThrough(fault, number);
    }

    private FaultOutcome LetThrough(in PageFault fault, FrameNumber number)
    {
        fault.Payer.Charge(Cost.EntryInstall);
        PageTable.Set(fault.Entry, *fault.Entry | PageTableEntry.Writable | PageTableEntry.Dirty);
        parts.FolioBits[number.Value] |= FolioBits.Dirty;
        return FaultOutcome.Mapped;
    }
}
