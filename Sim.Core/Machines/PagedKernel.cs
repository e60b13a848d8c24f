using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Address spaces with pages, without CPUs or time: the machine's own calls, fault handler, page cache and fork, where memory is never short. What was asked of
/// the files' device is done when somebody waits for any of it.
/// </summary>
public sealed class PagedKernel : ITlbFlush, IDeviceEvents, IFileEvents
{
    private readonly FrameArray<Frame> _frames;
    private readonly FrameArray<byte> _folioBits;
    private readonly ReverseMap _reverseMap = new();
    private readonly PageAllocator _allocator;
    private readonly KernelObjects _objects;
    private readonly LeafTables _leaves = new();
    private readonly AddressSpacePolicies _policies;
    private readonly KernelFaults _kernelFaults = new();
    private readonly ForkedPages _fork;
    private readonly NoReplacement _domain = new();
    private readonly List<Mm> _addressSpaces = [];
    private readonly ICharge _payer = FreeOfCharge.AtNoTime;
    private readonly FileRequests _requests;
    private readonly MappedPages _pages;
    private readonly Queue<int> _underWay = new();

    /// <summary>A kernel with so much memory.</summary>
    public PagedKernel(AddressSpacePolicies policies, ByteSize memory)
    {
        _policies = policies;
        _frames = new FrameArray<Frame>(memory.Pages);
        _folioBits = new FrameArray<byte>(memory.Pages);
        _allocator = new PageAllocator(_frames, new MemorySpec());
        _objects = new KernelObjects(_allocator, new SlubDesign(), cpus: 1);
        if (!_allocator.TryAllocate(0, FrameKind.ZeroPage, out FrameNumber zero)) throw new InsufficientMemoryException("no memory for the zero page");
        var swap = new SwapArea(0);
        var domains = new FrameDomains(null);
        domains.Add(_domain);
        var owners = new LeafOwners(_leaves, index => _addressSpaces[index]);
        var device = new BlockDevice(BlockDeviceSpec.Presets[0].Value, 0);
        var transfers = new TransferTable(_frames, _reverseMap, _allocator, device, this, domains);
        var release = new PageRelease(_frames, _folioBits, _allocator, swap, domains) { Transfers = transfers };
        var counters = new CounterSet();
        var tables = new SharedTables(_frames, _reverseMap, release, this, counters);
        var reclaimer = new Reclaimer(_frames, _reverseMap, _folioBits, _allocator, swap, this, transfers, owners, domains, Reclaimer.GlobalBatch);
        _requests = new FileRequests(device, device, swap, _frames, _allocator, transfers, this, counters);
        var pages = new PageParts
        {
            Frames = _frames,
            FolioBits = _folioBits,
            Allocator = _allocator,
            Reclaimer = reclaimer,
            Swap = swap,
            Transfers = transfers,
            ReverseMap = _reverseMap,
            Domains = domains,
            Tlbs = this,
        };
        Cache = new PageCache(new PageCacheParts(pages, owners, _requests) { HoldsAll = true });
        User = new CacheUser(_domain, counters, _payer);
        _pages = new MappedPages(_frames, _reverseMap, release, this, tables);
        Calls = new AddressSpaceCalls(_objects, _pages, new CommitAccount(OvercommitMode.Heuristic, (ulong)memory.Pages, 0),
            this, _kernelFaults, counters, Cache);
        var parts = new FaultParts(pages, Calls, tables) { ZeroPage = zero, Cache = Cache };
        Faults = new FaultHandler(parts);
        _fork = new ForkedPages(policies.CreateFork(), parts, Faults, counters);
        (_kernelFaults.Handler, _kernelFaults.Wait) = (Faults, FinishRequests);
    }

    /// <summary>The calls on mappings.</summary>
    public AddressSpaceCalls Calls { get; }

    /// <summary>The fault handler.</summary>
    public FaultHandler Faults { get; }

    /// <summary>The pages of files.</summary>
    public PageCache Cache { get; }

    /// <summary>Whom calls are charged to: nobody.</summary>
    public ICharge Payer => _payer;

    /// <summary>For whom pages of files are brought in.</summary>
    public CacheUser User { get; }

    /// <summary>Frames that nobody has.</summary>
    public long FreeFrames => _allocator.FreeFrames;

    /// <summary>Pages of processes that are in memory, those of files aside.</summary>
    public long AnonymousPages => _domain.Resident - Cache.Files.Sum(file => file.Cache.Count);

    /// <summary>Kernel objects of a kind that exist now.</summary>
    public long CountOf(KernelObject kind) => _objects.CountOf(kind);

    /// <summary>An empty address space.</summary>
    public Mm Create(AddressSpaceLimits limits)
    {
        int index = _addressSpaces.Count;
        PageTable table = PageTable.TryCreate(index, _leaves, _objects, _payer) ?? throw new InsufficientMemoryException("no memory for a page table");
        var mm = new Mm(index, table, _domain, _policies, _objects) { Limits = limits };
        _addressSpaces.Add(mm);
        return mm;
    }

    /// <summary>fork: a child with what the `fork` policy gives it at once of its parent's memory. vfork is none here.</summary>
    public Mm Fork(Mm parent)
    {
        Mm child = Create(parent.Limits);
        var fork = new ForkInProgress(parent, child, KernelFaults.Nobody.Instance, new CounterSet());
        if (Calls.Duplication.Continue(fork, _fork, _payer) != ForkOutcome.Done) throw new InsufficientMemoryException("no memory for a child");
        return child;
    }

    /// <summary>exit: everything is unmapped.</summary>
    public void Exit(Mm mm)
    {
        Calls.UnmapAll(mm, _payer);
        mm.PageTable.Destroy(_payer);
    }

    /// <summary>Calls from now on count their faults here.</summary>
    public void CountIn(CounterSet counters) => _kernelFaults.CountIn(counters);

    /// <summary>One access of a program to a page: none, one or more faults until it succeeds, or the fault that ends it.</summary>
    public unsafe FaultOutcome Touch(Mm mm, ulong page, bool isStore, CounterSet counters)
    {
        bool isGoingOn = false;
        while (true)
        {
            ulong* entry = mm.PageTable.Find(page);
            if (entry != null && PageTableEntry.IsPresent(*entry) && (!isStore || PageTableEntry.IsWritable(*entry)))
            {
                // A dirty entry's folio is dirty: nothing to write for most stores (the recording of gups is read 1.04 to 1.08 times as fast).
                if (isStore && (*entry & PageTableEntry.Dirty) == 0)
                {
                    PageTable.Set(entry, *entry | PageTableEntry.Dirty);
                    _folioBits[PageTableEntry.FrameOf(*entry).Value] |= FolioBits.Dirty;
                }
                return FaultOutcome.Mapped;
            }
            FaultErrorCode access = FaultErrorCode.User | (isStore ? FaultErrorCode.Write : FaultErrorCode.None);
            FaultOutcome outcome = Faults.Handle(mm, page, access, KernelFaults.Nobody.Instance, _payer, counters, isGoingOn: isGoingOn);
            isGoingOn = outcome == FaultOutcome.Reading;
            if (isGoingOn) FinishRequests();
            else if (outcome is not (FaultOutcome.Mapped or FaultOutcome.Spurious)) return outcome;
        }
    }

    /// <summary>A program reads a part of a file by a call, which brings it into the page cache.</summary>
    public void Read(OpenFile file, ulong page, ulong pages)
    {
        ulong end = ulong.Min(page + pages, file.Object.Pages);
        while (page < end)
        {
            ulong reached = Cache.Readahead.OnRead(file, page, end, User);
            if (reached == page) FinishRequests();
            page = reached;
        }
    }

    /// <summary>Writes a file back: fsync.</summary>
    public void Synchronise(FileObject file)
    {
        Cache.Writeback.Write(file, 0, file.Pages, _payer);
        FinishRequests();
    }

    /// <summary>Writes a file back and drops what of it is mapped nowhere: POSIX_FADV_DONTNEED after fsync.</summary>
    public void Drop(FileObject file)
    {
        Synchronise(file);
        _pages.Drain();
        Cache.Drop(file, _payer);
    }

    /// <summary>The files' device does all that it was asked for.</summary>
    public void FinishRequests()
    {
        while (_underWay.TryDequeue(out int request)) _requests.OnDone(request);
    }

    /// <summary>What a mapping has in memory.</summary>
    public MemoryUse UseOf(Mm mm, Vma vma) => MemoryUse.Of(mm, vma, _frames, _reverseMap);

    /// <summary>The frame that a page of an address space lies in, or null: the zero page counts as none.</summary>
    public unsafe FrameNumber? FrameOf(Mm mm, ulong page)
    {
        ulong* entry = mm.PageTable.Find(page);
        return entry != null && PageTableEntry.HasFrame(*entry) && !PageTableEntry.IsZeroPage(*entry) ? PageTableEntry.FrameOf(*entry) : null;
    }

    /// <summary>Throws where frames, their mappings and the entries do not agree.</summary>
    public unsafe void CheckInvariants()
    {
        _allocator.CheckInvariants();
        _objects.CheckInvariants();
        var mappings = new Dictionary<int, int>();
        foreach (Mm mm in _addressSpaces)
        {
            mm.Vmas.CheckInvariants();
            long mapped = 0;
            ulong page = 0;
            for (ulong* entry = mm.PageTable.NextUsed(ref page, PageTable.PageLimit); entry != null;
                page++, entry = mm.PageTable.NextUsed(ref page, PageTable.PageLimit))
            {
                if (!PageTableEntry.HasFrame(*entry) || PageTableEntry.IsZeroPage(*entry)) continue;
                mapped++;
                int number = PageTableEntry.FrameOf(*entry).Value;
                if (!_reverseMap.Maps(_frames[number], entry)) throw new InvalidOperationException($"frame {number} is mapped at page {page:x}, which its reverse map does not say");
                mappings[number] = mappings.GetValueOrDefault(number) + 1;
            }
            if (mapped != mm.ResidentPages) throw new InvalidOperationException($"{mapped} pages are mapped, {mm.ResidentPages} counted as resident");
        }
        foreach ((int number, int count) in mappings.OrderBy(pair => pair.Key))
        {
            int known = _reverseMap.CountOf(_frames[number]);
            if (known != count) throw new InvalidOperationException($"frame {number} is mapped {count} times, and its reverse map says {known}");
        }
    }

    void ITlbFlush.Flush(Mm mm, ulong firstPage, ulong endPage, ICharge payer, bool freesTables)
    {
    }

    void IFileEvents.ScheduleRequestDone(SimTime time, int request) => _underWay.Enqueue(request);

    void IFileEvents.OnFirstDirty(SimTime now)
    {
    }

    bool IFileEvents.MustWaitForWriteback(IWaitingTask task, SimTime now) => false;

    void IDeviceEvents.ScheduleDeviceDone(SimTime time, int transfer) => throw new InvalidOperationException("there is no device here");

    void IDeviceEvents.Count(Counter counter, long times)
    {
    }
}
