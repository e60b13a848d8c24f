using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>
/// Pages of swap that come with another one's fault: swap_cluster_readahead and swap_vma_readahead of mm/swap_state.c, Linux 6.18. Which ones, the policy says. They
/// come where a frame is free or a clean page gives one up.
/// </summary>
internal sealed unsafe class SwapReadahead(FaultParts parts, NewPages pages, IReadahead policy, SwapCache cache)
{
    /// <summary>
    /// Takes frames for what the policy wants with a fault, whose own frame is held. Returns all of them by runs of slots that follow each other: each is one request.
    /// </summary>
    public List<List<FrameNumber>> Take(in PageFault fault, int slot, FrameNumber own)
    {
        SwapWindow window = policy.OnSwapFault(fault.Mm.Index, fault.Vma, fault.Page, slot);
        var frames = new SortedList<int, FrameNumber> { { slot, own } };
        for (int i = 0; i < window.Count; i++)
        {
            long at = window.First + i * window.Stride;
            Shadow shadow = Shadow.None;
            long other = window.IsOfSlots ? at : SlotOf(fault, at, out shadow);
            if (!cache.IsAway(other)) continue;
            if (!TryTake(fault, (int)other, shadow, out FrameNumber frame)) break;
            frames.Add((int)other, frame);
        }
        var runs = new List<List<FrameNumber>>();
        foreach ((int at, FrameNumber frame) in frames)
        {
            if (!frames.ContainsKey(at - 1)) runs.Add([]);
            runs[^1].Add(frame);
        }
        return runs;
    }

    /// <summary>A fault whose page was read ahead: it is mapped, or waited for if it is still on its way.</summary>
    public FaultOutcome Map(in PageFault fault, int slot, FrameNumber number)
    {
        ref Frame frame = ref parts.Frames[number.Value];
        if ((frame.Flags & FrameFlags.InTransit) != 0)
        {
            parts.Transfers.JoinAhead(number, fault.Task);
            return FaultOutcome.Reading;
        }
        cache.Forget(slot);
        policy.OnSwapHit(fault.Mm.Index, fault.Vma, fault.Page);
        fault.Counters.Add(Counter.SwapRaHit);
        fault.Payer.Charge(Cost.EntryInstall);
        if (fault.Vma.Has(VmaFlags.Locked)) frame.Flags |= FrameFlags.Locked;
        parts.FolioBits[number.Value] |= (byte)(FolioBits.Accessed | (fault.IsStore ? FolioBits.Dirty : 0));
        parts.Domains.Of(number).OnAccess(number);
        parts.ReverseMap.Map(ref frame, fault.Entry, PageTableEntry.OfFrame(number, NewPages.EntryFlags(fault.Vma.Protection, fault.IsStore)));
        fault.Mm.AddResident(1);
        return FaultOutcome.Mapped;
    }

    /// <summary>The frame is charged to whose fault it is, whoever's page it will be.</summary>
    private bool TryTake(in PageFault fault, int slot, Shadow shadow, out FrameNumber frame)
    {
        PageIdentity identity = parts.Swap.IdentityOf(slot);
        fault.Mm.Domain.OnFault(identity, shadow);
        bool isTaken = parts.Reclaimer.TryTake(fault.Mm.Domain, fault.Payer, fault.Counters, out FrameGrant grant);
        frame = grant.Frame;
        if (!isTaken) return false;
        pages.Hold(frame, identity, slot, FrameFlags.InTransit, isDirty: false, fault.Mm.Domain, fault.Counters, fault.Payer);
        cache.Add(slot, frame);
        parts.Contents?.OnReadIn(slot, frame);
        fault.Counters.Add(Counter.SwapRa);
        return true;
    }

    private static int SlotOf(in PageFault fault, long page, out Shadow shadow)
    {
        shadow = Shadow.None;
        ulong* entry = fault.Mm.PageTable.Find((ulong)page);
        if (entry == null || !PageTableEntry.IsSwapped(*entry)) return -1;
        shadow = PageTableEntry.ShadowOf(*entry);
        return PageTableEntry.IndexOf(*entry);
    }
}
