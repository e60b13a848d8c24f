using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>
/// The page-fault handler for anonymous memory. From the address to the mapping (bad area: none, or not for this kind of access), then by what
/// the entry says:
/// <code>
///   empty      -> demand zero          swapped -> swap in          in transit -> wait for whoever brings it
///   present    -> zero page, and a store: a page of its own; otherwise spurious: another thread was faster
/// </code>
/// </summary>
/// <param name="frames">All frames.</param>
/// <param name="allocator">Where huge pages come from.</param>
/// <param name="anonVmas">How mappings get their anon_vmas.</param>
/// <param name="stacks">How stacks grow.</param>
/// <param name="reclaimer">Where user frames come from.</param>
/// <param name="transfers">What is on its way from and to swap.</param>
/// <param name="swap">Swap slots.</param>
/// <param name="tlbs">For the translation of a zero page that is replaced.</param>
/// <param name="folioBits">One byte a frame: <see cref="FolioBits"/>.</param>
/// <param name="zeroPage">The frame that all pages share which have only been read, or null to give each its own at once.</param>
public sealed unsafe class FaultHandler(FrameArray<Frame> frames, PageAllocator allocator, AnonVmas anonVmas, StackGrowth stacks, Reclaimer reclaimer,
    TransferTable transfers, SwapArea swap, ITlbFlush tlbs, FrameArray<byte> folioBits, FrameNumber? zeroPage)
{
    private ulong _lastIdentity;

    /// <summary>Handles a fault of a task at a page. The counters are the process's own.</summary>
    public FaultOutcome Handle(Mm mm, ulong page, bool isStore, IWaitingTask task, ICharge payer, CounterSet counters)
    {
        payer.Charge(Cost.FaultEntryExit);
        Vma? vma = Find(mm, page, payer, counters);
        bool isBad = vma is null || (vma.Start > page && stacks.Grow(mm, vma, page, payer) != 0) || !Permits(vma.Protection, isStore);
        if (!isBad) return Resolve(mm, vma!, page, isStore, task, payer, counters);
        counters.Add(Counter.Pgfault);
        return FaultOutcome.BadArea;
    }

    /// <summary>Brings in a page of a mapping that permits it. The kernel's own faults begin here.</summary>
    public FaultOutcome Resolve(Mm mm, Vma vma, ulong page, bool isStore, IWaitingTask task, ICharge payer, CounterSet counters)
    {
        counters.Add(Counter.Pgfault);
        if (vma.PageSize != PageSize.Base) return MapHuge(mm, vma, page, isStore, payer, counters);
        ulong* entry = MakeEntry(mm, page, payer, counters);
        if (entry == null) return FaultOutcome.OutOfMemory;
        bool breaksZeroPage = isStore && PageTableEntry.IsZeroPage(*entry);
        if (PageTableEntry.IsPresent(*entry) && !breaksZeroPage) return FaultOutcome.Spurious;
        bool readsZeroPage = *entry == 0 && !isStore && zeroPage is not null;
        // A page that is only read is nobody's own: it needs no anon_vma.
        if (!readsZeroPage && !anonVmas.TryPrepare(vma, payer)) return FaultOutcome.OutOfMemory;
        if (readsZeroPage && zeroPage is { } zero)
        {
            payer.Charge(Cost.EntryInstall);
            PageTable.Set(entry, PageTableEntry.OfFrame(zero, PageTableEntry.ZeroPage));
            return FaultOutcome.Mapped;
        }
        if (!PageTableEntry.IsInTransit(*entry)) return BringIn(mm, vma, page, entry, isStore, task, payer, counters);
        transfers.Join(PageTableEntry.IndexOf(*entry), task);
        return FaultOutcome.WaitingToRetry;
    }

    private Vma? Find(Mm mm, ulong page, ICharge payer, CounterSet counters)
    {
        Vma? vma = mm.Vmas.Find(page);
        payer.Charge(Cost.VmaLookup);
        VmaIndexWork work = mm.Vmas.Charge(payer, counters);
        counters.Add(Counter.VmaLookups);
        counters.Add(Counter.VmaLookupComparisons, work.Comparisons);
        counters.Add(Counter.VmaLookupVisits, work.NodeVisits);
        return vma;
    }

    private FaultOutcome BringIn(Mm mm, Vma vma, ulong page, ulong* entry, bool isStore, IWaitingTask task, ICharge payer, CounterSet counters)
    {
        bool isSwapped = PageTableEntry.IsSwapped(*entry);
        int slot = isSwapped ? PageTableEntry.IndexOf(*entry) : -1;
        PageIdentity identity = isSwapped ? swap.IdentityOf(slot) : new PageIdentity(++_lastIdentity);
        mm.Domain.OnFault(identity, isSwapped ? PageTableEntry.ShadowOf(*entry) : Shadow.None);
        FrameGrant grant = reclaimer.Take(mm.Domain, payer, counters);
        if (grant.Kind == FrameGrantKind.OutOfMemory) return FaultOutcome.OutOfMemory;
        if (grant.Kind == FrameGrantKind.Congested)
        {
            transfers.JoinAny(task);
            return FaultOutcome.WaitingToRetry;
        }
        if (PageTableEntry.IsPresent(*entry)) tlbs.Flush(mm.Index, page, page + 1, payer);
        ref Frame frame = ref frames[grant.Frame.Value];
        frame = new Frame { Kind = FrameKind.Anonymous, Identity = identity, SwapSlot = slot, Flags = vma.Has(VmaFlags.Locked) ? FrameFlags.Locked : FrameFlags.None };
        folioBits[grant.Frame.Value] = isStore ? FolioBits.Dirty : (byte)0;
        mm.Domain.OnInsert(grant.Frame, identity);
        counters.Add(Counter.PageInsertions);
        payer.Charge(Cost.PageAccount);
        payer.Charge(Cost.EntryInstall);
        ulong mapping = PageTableEntry.OfFrame(grant.Frame, EntryFlags(vma.Protection, isStore));
        if (isSwapped)
        {
            counters.Add(Counter.Pgmajfault);
            counters.Add(Counter.WorkingsetRefaultAnon);
        }
        else payer.Charge(Cost.PageZero);
        if ((isSwapped && !transfers.TryReadNow(payer)) || grant.Kind == FrameGrantKind.MustWrite)
        {
            transfers.BringIn(grant, mm, page, entry, mapping, isSwapped, payer, task);
            return FaultOutcome.Waiting;
        }
        ReverseMap.Map(ref frame, entry, mapping);
        mm.AddResident(1);
        return FaultOutcome.Mapped;
    }

    private FaultOutcome MapHuge(Mm mm, Vma vma, ulong page, bool isStore, ICharge payer, CounterSet counters)
    {
        ulong* entry = mm.PageTable.MakeHuge(page, payer);
        if (entry == null) return FaultOutcome.OutOfMemory;
        if (PageTableEntry.IsPresent(*entry)) return FaultOutcome.Spurious;
        if (!allocator.TryAllocate(9, FrameKind.Anonymous, AllocationFlags.HugePage, payer, out FrameNumber frame))
        {
            counters.Add(Counter.HtlbBuddyAllocFail);
            return FaultOutcome.OutOfMemory;
        }
        counters.Add(Counter.HtlbBuddyAllocSuccess);
        frames[frame.Value].Identity = new PageIdentity(++_lastIdentity);
        payer.Charge(Cost.FrameAllocate);
        payer.Charge(Cost.PageZero, LeafTables.Entries);
        payer.Charge(Cost.EntryInstall);
        counters.Add(Counter.PageInsertions, LeafTables.Entries);
        mm.PageTable.SetHuge(page, entry, PageTableEntry.OfFrame(frame, EntryFlags(vma.Protection, isStore) | PageTableEntry.Huge));
        mm.AddResident(LeafTables.Entries);
        return FaultOutcome.Mapped;
    }

    /// <summary>The entry, with tables as needed; when a frame for a table is wanting, some user page makes room.</summary>
    private ulong* MakeEntry(Mm mm, ulong page, ICharge payer, CounterSet counters)
    {
        long before = mm.PageTable.TablePages;
        ulong* entry = mm.PageTable.Make(page, payer);
        if (entry == null && reclaimer.TryFreeSome(mm.Domain, payer, counters)) entry = mm.PageTable.Make(page, payer);
        counters.Add(Counter.PgtablePagesAllocated, mm.PageTable.TablePages - before);
        return entry;
    }

    /// <summary>On x86-64 what can be stored to or executed can be loaded from.</summary>
    private static bool Permits(Protection protection, bool isStore) => isStore ? (protection & Protection.Write) != 0 : protection != Protection.None;

    /// <summary>The accessed bit stays clear: the policy hears of the load itself by OnInsert.</summary>
    private static ulong EntryFlags(Protection protection, bool isStore) =>
        ((protection & Protection.Write) != 0 ? PageTableEntry.Writable : 0) | (isStore ? PageTableEntry.Dirty : 0);
}
