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
    public bool TryTake(in PageFault fault, PageIdentity identity, Shadow shadow, out FrameGrant grant, out FaultOutcome outcome)
    {
        fault.Mm.Domain.OnFault(identity, shadow);
        grant = parts.Reclaimer.Take(fault.Mm.Domain, fault.Payer, fault.Counters);
        outcome = FaultOutcome.OutOfMemory;
        if (grant.Kind == FrameGrantKind.OutOfMemory) return false;
        if (grant.Kind != FrameGrantKind.Congested) return true;
        parts.Transfers.JoinAny(fault.Task);
        outcome = FaultOutcome.WaitingToRetry;
        return false;
    }

    /// <summary>Makes a frame the page's and returns the entry for it.</summary>
    public ulong Fill(in PageFault fault, FrameNumber number, PageIdentity identity, int slot)
    {
        parts.Frames[number.Value] = new Frame
        {
            Kind = FrameKind.Anonymous,
            Identity = identity,
            SwapSlot = slot,
            Flags = fault.Vma.Has(VmaFlags.Locked) ? FrameFlags.Locked : FrameFlags.None,
        };
        parts.FolioBits[number.Value] = fault.IsStore ? FolioBits.Dirty : (byte)0;
        fault.Mm.Domain.OnInsert(number, identity);
        fault.Counters.Add(Counter.PageInsertions);
        fault.Payer.Charge(Cost.PageAccount);
        fault.Payer.Charge(Cost.EntryInstall);
        return PageTableEntry.OfFrame(number, EntryFlags(fault.Vma.Protection, fault.IsStore));
    }

    /// <summary>The accessed bit stays clear: the policy hears of the load itself by OnInsert.</summary>
    public static ulong EntryFlags(Protection protection, bool isStore) =>
        ((protection & Protection.Write) != 0 ? PageTableEntry.Writable : 0) | (isStore ? PageTableEntry.Dirty : 0);
}
