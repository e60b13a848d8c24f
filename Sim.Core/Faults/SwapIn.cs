using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>A page that lies in swap: do_swap_page. It comes back with its slot, which the entry hands over to the frame.</summary>
internal sealed unsafe class SwapIn(FaultParts parts, NewPages pages)
{
    public FaultOutcome Resolve(ref PageFault fault)
    {
        fault.Cause = FaultCause.SwapIn;
        if (!parts.AnonVmas.TryPrepare(fault.Vma, fault.Payer)) return FaultOutcome.OutOfMemory;
        int slot = PageTableEntry.IndexOf(*fault.Entry);
        // Two processes that bring in what both had get a page each, so each must be known by a name of its own.
        PageIdentity identity = parts.Swap.IsShared(slot) ? pages.NextIdentity() : parts.Swap.IdentityOf(slot);
        if (!pages.TryTake(fault, identity, PageTableEntry.ShadowOf(*fault.Entry), out FrameGrant grant, out FaultOutcome outcome)) return outcome;
        ulong mapping = pages.Fill(fault, grant.Frame, identity, slot);
        parts.Contents?.OnReadIn(slot, grant.Frame);
        fault.Counters.Add(Counter.Pgmajfault);
        fault.Counters.Add(Counter.WorkingsetRefaultAnon);
        if (!parts.Transfers.TryReadNow(fault.Payer) || grant.Kind == FrameGrantKind.MustWrite)
        {
            parts.Transfers.BringIn(grant, fault.Mm, fault.Page, fault.Entry, mapping, true, fault.Payer, fault.Task);
            return FaultOutcome.Waiting;
        }
        parts.ReverseMap.Map(ref parts.Frames[grant.Frame.Value], fault.Entry, mapping);
        fault.Mm.AddResident(1);
        return FaultOutcome.Mapped;
    }
}
