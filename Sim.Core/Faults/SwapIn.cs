using System.Collections.Generic;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>
/// A page that lies in swap: do_swap_page. It comes back with its slot, which the entry hands over to the frame. Others may come with it, unless the CPU does the
/// work of the device (SWP_SYNCHRONOUS_IO).
/// </summary>
internal sealed unsafe class SwapIn(FaultParts parts, NewPages pages)
{
    private readonly SwapReadahead? _ahead = parts is { Readahead: { } policy, SwapCache: { } cache } ? new SwapReadahead(parts, pages, policy, cache) : null;

    public FaultOutcome Resolve(ref PageFault fault)
    {
        fault.Cause = FaultCause.SwapIn;
        if (!parts.AnonVmas.TryPrepare(fault.Vma, fault.Payer)) return FaultOutcome.OutOfMemory;
        int slot = PageTableEntry.IndexOf(*fault.Entry);
        if (_ahead is not null && parts.SwapCache!.TryFind(slot, out FrameNumber cached)) return _ahead.Map(fault, slot, cached);
        // Two processes that bring in what both had get a page each, so each must be known by a name of its own.
        PageIdentity identity = parts.Swap.IsShared(slot) ? pages.NextIdentity() : parts.Swap.IdentityOf(slot);
        if (!pages.TryTake(fault, identity, PageTableEntry.ShadowOf(*fault.Entry), out FrameGrant grant, out FaultOutcome outcome)) return outcome;
        parts.SwapCache?.Forget(slot);
        ulong mapping = pages.Fill(fault, grant.Frame, identity, slot);
        parts.Contents?.OnReadIn(slot, grant.Frame);
        fault.Counters.Add(Counter.Pgmajfault);
        fault.Counters.Add(Counter.WorkingsetRefaultAnon);
        if (!parts.Transfers.TryReadNow(fault.Payer) || grant.Kind == FrameGrantKind.MustWrite)
        {
            Read(fault, grant, slot, mapping);
            return FaultOutcome.Waiting;
        }
        parts.ReverseMap.Map(ref parts.Frames[grant.Frame.Value], fault.Entry, mapping);
        fault.Mm.AddResident(1);
        return FaultOutcome.Mapped;
    }

    private void Read(in PageFault fault, FrameGrant grant, int slot, ulong mapping)
    {
        if (_ahead is null || grant.Kind != FrameGrantKind.Ready)
        {
            parts.Transfers.BringIn(grant, fault.Mm, fault.Page, fault.Entry, mapping, true, fault.Payer, fault.Task);
            return;
        }
        // Room for others is not made of it.
        parts.Frames[grant.Frame.Value].Flags |= FrameFlags.InTransit;
        foreach (List<FrameNumber> run in _ahead.Take(fault, slot, grant.Frame))
        {
            if (run.Contains(grant.Frame)) parts.Transfers.BringIn(grant, fault.Mm, fault.Page, fault.Entry, mapping, true, fault.Payer, fault.Task, run);
            else parts.Transfers.ReadAhead(run, fault.Payer);
        }
    }
}
