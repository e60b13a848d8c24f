using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>
/// The page-fault handler. From the address to the mapping (bad area: none, or not for this kind of access), then by what the entry says:
/// <code>
///   empty      -> anonymous: demand zero; a file: its page, or a copy      swapped -> swap in          in transit -> wait for whoever brings it
///   present    -> a store: zero page, copy-on-write, the first store to a shared page; otherwise spurious: another thread was faster
/// </code>
/// </summary>
public sealed unsafe class FaultHandler
{
    private readonly FaultParts _parts;
    private readonly DemandZero _demandZero;
    private readonly SwapIn _swapIn;
    private readonly CopyOnWrite _copyOnWrite;
    private readonly FileFault? _files;

    /// <summary>A handler that works with these parts.</summary>
    public FaultHandler(FaultParts parts)
    {
        _parts = parts;
        Pages = new NewPages(parts);
        _demandZero = new DemandZero(parts, Pages);
        _swapIn = new SwapIn(parts, Pages);
        _copyOnWrite = new CopyOnWrite(parts, Pages);
        if (parts.Cache is { } cache) _files = new FileFault(parts, cache, _copyOnWrite);
    }

    /// <summary>How pages get frames, which fork needs too.</summary>
    internal NewPages Pages { get; }

    /// <summary>The faults by error code, cause and outcome. Who knows when a fault was over adds its latency.</summary>
    public FaultTally Tally { get; } = new();

    /// <summary>The kind of the last fault.</summary>
    public FaultKind Last { get; private set; }

    /// <summary>Handles a fault of a task at a page. The counters are the process's own.</summary>
    /// <param name="mm">The address space.</param>
    /// <param name="page">The page.</param>
    /// <param name="access">The access; whether a translation was there is found out here.</param>
    /// <param name="task">Who waits if it must.</param>
    /// <param name="payer">Who pays.</param>
    /// <param name="counters">Where it is counted.</param>
    /// <param name="hasFixup">Whether an access of the kernel may fail.</param>
    /// <param name="isGoingOn">Whether the fault was <see cref="FaultOutcome.Reading"/> before: it has been counted, and the kernel has not been left.</param>
    public FaultOutcome Handle(Mm mm, ulong page, FaultErrorCode access, IWaitingTask task, ICharge payer, CounterSet counters, bool hasFixup = false, bool isGoingOn = false)
    {
        if (!isGoingOn) payer.Charge(Cost.FaultEntryExit);
        Vma? vma = Find(mm, page, payer, counters);
        FaultCause cause = FaultCause.NotMapped;
        if (vma is not null && (vma.Start <= page || _parts.Stacks.Grow(mm, vma, page, payer) == 0))
        {
            if (BadArea.Permits(vma.Protection, access)) return Resolve(mm, vma, page, access, waits: true, isGoingOn, task, payer, counters);
            cause = FaultCause.NotPermitted;
        }
        return Count(access | PresentBit(mm, page), cause, BadArea.Decide(access, hasFixup), isGoingOn, counters);
    }

    /// <summary>Brings in a page of a mapping for the kernel, if it is not there for this access already: faultin_page.</summary>
    public FaultOutcome FaultIn(Mm mm, Vma vma, ulong page, bool isStore, bool waits, IWaitingTask task, ICharge payer, CounterSet counters, bool isGoingOn = false)
    {
        ulong* entry = vma.PageSize == PageSize.Base ? mm.PageTable.Find(page) : mm.PageTable.FindHuge(page);
        if (entry != null && PageTableEntry.IsPresent(*entry) && (!isStore || PageTableEntry.IsWritable(*entry)))
        {
            if (isStore && vma.PageSize == PageSize.Base) MarkDirty(entry, payer);
            return FaultOutcome.Mapped;
        }
        return Resolve(mm, vma, page, isStore ? FaultErrorCode.Write : FaultErrorCode.None, waits, isGoingOn, task, payer, counters);
    }

    private FaultOutcome Resolve(Mm mm, Vma vma, ulong page, FaultErrorCode access, bool waits, bool isGoingOn, IWaitingTask task, ICharge payer, CounterSet counters)
    {
        var fault = new PageFault(mm, vma, page, access, waits, task, payer, counters) { IsGoingOn = isGoingOn };
        if (vma.PageSize != PageSize.Base)
        {
            FaultOutcome huge = _demandZero.MapHuge(ref fault);
            return Count(access, fault.Cause, huge, isGoingOn, counters);
        }
        FaultOutcome outcome = MakeEntry(ref fault) ? Dispatch(ref fault, ref access) : FaultOutcome.OutOfMemory;
        return Count(access, fault.Cause, outcome, isGoingOn, counters);
    }

    private FaultOutcome Dispatch(ref PageFault fault, ref FaultErrorCode access)
    {
        ulong value = *fault.Entry;
        if (PageTableEntry.IsPresent(value))
        {
            access |= FaultErrorCode.Present;
            if (fault.IsStore && !PageTableEntry.IsWritable(value))
                return PageTableEntry.IsZeroPage(value) ? _demandZero.Resolve(ref fault) : _copyOnWrite.Resolve(ref fault);
            fault.Cause = FaultCause.Spurious;
            return FaultOutcome.Spurious;
        }
        if (PageTableEntry.IsInTransit(value))
        {
            fault.Cause = FaultCause.InTransit;
            _parts.Transfers.Join(PageTableEntry.IndexOf(value), fault.Task);
            return FaultOutcome.WaitingToRetry;
        }
        if (PageTableEntry.IsSwapped(value)) return _swapIn.Resolve(ref fault);
        return fault.Vma.File is { } file && _files?.Has(file.Object) == true ? _files.Resolve(ref fault) : _demandZero.Resolve(ref fault);
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

    /// <summary>The entry, with tables as needed; when a frame for a table is wanting, some user page makes room.</summary>
    private bool MakeEntry(ref PageFault fault)
    {
        long before = fault.Mm.PageTable.TablePages;
        ulong* entry = fault.Mm.PageTable.Make(fault.Page, fault.Payer);
        if (entry == null && _parts.Reclaimer.TryFreeSome(fault.Mm.Domain, fault.Payer, fault.Counters)) entry = fault.Mm.PageTable.Make(fault.Page, fault.Payer);
        long made = fault.Mm.PageTable.TablePages - before;
        fault.Counters.Add(Counter.PgtablePagesAllocated, made);
        fault.IsFirstOfLeaf = made > 0;
        if (entry != null && fault.Mm.PageTable.ParkedLeaves > 0 && !MakeOwn(fault, ref entry)) return false;
        fault.Entry = entry;
        return entry != null;
    }

    /// <summary>Any fault makes its leaf table the address space's own; its entry may then lie elsewhere.</summary>
    private bool MakeOwn(in PageFault fault, ref ulong* entry)
    {
        bool isOwn = _parts.Tables.TryMakeOwn(fault.Mm, fault.Page, fault.Payer)
            || (_parts.Reclaimer.TryFreeSome(fault.Mm.Domain, fault.Payer, fault.Counters) && _parts.Tables.TryMakeOwn(fault.Mm, fault.Page, fault.Payer));
        if (isOwn) entry = fault.Mm.PageTable.Find(fault.Page);
        return isOwn;
    }

    /// <summary>What asks for a page to store to it has it marked as stored to: FOLL_TOUCH.</summary>
    private void MarkDirty(ulong* entry, ICharge payer)
    {
        FrameNumber number = PageTableEntry.FrameOf(*entry);
        if (_parts.Frames[number.Value].Kind == FrameKind.PageCache)
        {
            _parts.Cache!.MarkDirty(number, payer.Now);
            return;
        }
        PageTable.Set(entry, *entry | PageTableEntry.Dirty);
        _parts.FolioBits[number.Value] |= FolioBits.Dirty;
    }

    private static FaultErrorCode PresentBit(Mm mm, ulong page)
    {
        ulong* entry = mm.PageTable.Find(page);
        return entry != null && PageTableEntry.IsPresent(*entry) ? FaultErrorCode.Present : FaultErrorCode.None;
    }

    private FaultOutcome Count(FaultErrorCode code, FaultCause cause, FaultOutcome outcome, bool isGoingOn, CounterSet counters)
    {
        Last = new FaultKind(code, cause, outcome);
        if (isGoingOn) return outcome;
        counters.Add(Counter.Pgfault);
        Tally.Add(Last);
        return outcome;
    }
}
