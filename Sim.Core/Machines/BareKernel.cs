using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Address spaces without CPUs or time: the machine's own calls on mappings, with faults reduced to what they do to mappings (whether an access
/// succeeds, and which mapping gets an anon_vma). No page is ever given a frame.
/// </summary>
public sealed class BareKernel : IFaultIn, IForkedPages, ITlbFlush
{
    private static readonly ByteSize ObjectMemory = new(1L << 30);
    private readonly LeafTables _leaves = new();
    private readonly KernelObjects _objects;
    private readonly AddressSpacePolicies _policies;
    private readonly ICharge _payer = FreeOfCharge.AtNoTime;
    private int _addressSpaces;

    /// <summary>A kernel with the memory and swap that its promises are measured by.</summary>
    public BareKernel(AddressSpacePolicies policies, ByteSize memory, ByteSize swap, OvercommitMode overcommit = OvercommitMode.Heuristic)
    {
        _policies = policies;
        var frames = new FrameArray<Frame>(ObjectMemory.Pages);
        var allocator = new PageAllocator(frames, new MemorySpec());
        _objects = new KernelObjects(allocator, new SlubDesign(), cpus: 1);
        Commit = new CommitAccount(overcommit, (ulong)memory.Pages, (ulong)swap.Pages);
        var release = new PageRelease(frames, new FrameArray<byte>(ObjectMemory.Pages), allocator, new Reclaim.Swap.SwapArea(0), new FrameDomains(null));
        var reverseMap = new ReverseMap();
        var tables = new SharedTables(frames, reverseMap, release, this, Counters);
        Calls = new AddressSpaceCalls(_objects, new MappedPages(frames, reverseMap, release, this, tables), Commit, this, this, Counters);
    }

    /// <summary>The calls on mappings.</summary>
    public AddressSpaceCalls Calls { get; }

    /// <summary>Merges, splits and refusals so far.</summary>
    public CounterSet Counters { get; } = new();

    /// <summary>Memory promised.</summary>
    public CommitAccount Commit { get; }

    /// <summary>The address spaces that there are now.</summary>
    public MmList Live { get; } = new();

    /// <summary>Whom calls are charged to: nobody.</summary>
    public ICharge Payer => _payer;

    /// <summary>Kernel objects of a kind that exist now.</summary>
    public long CountOf(KernelObject kind) => _objects.CountOf(kind);

    /// <summary>An empty address space.</summary>
    public Mm Create(AddressSpaceLimits limits, ulong mmapBase = Mm.DefaultMmapBase)
    {
        int index = _addressSpaces++;
        PageTable table = PageTable.TryCreate(index, _leaves, _objects, _payer) ?? throw new System.InvalidOperationException("no memory for a page table");
        var mm = new Mm(index, table, null!, _policies, _objects) { Limits = limits, MmapBase = mmapBase };
        Live.Add(mm);
        return mm;
    }

    /// <summary>fork: a child with a copy of the mappings.</summary>
    public Mm Fork(Mm parent)
    {
        Mm child = Create(parent.Limits, parent.MmapBase);
        var fork = new ForkInProgress(parent, child, KernelFaults.Nobody.Instance, Counters);
        if (Calls.Duplication.Continue(fork, this, _payer) != ForkOutcome.Done) throw new System.InvalidOperationException("no memory for a child");
        return child;
    }

    /// <summary>exit.</summary>
    public void Exit(Mm mm)
    {
        Calls.UnmapAll(mm, _payer);
        Live.Remove(mm);
        mm.PageTable.Destroy(_payer);
    }

    /// <summary>One access to a page.</summary>
    public AccessOutcome Touch(Mm mm, ulong page, bool isStore)
    {
        Vma? vma = mm.Vmas.Find(page);
        if (vma is null || (vma.Start > page && Calls.StackGrowth.Grow(mm, vma, page, _payer) != 0)) return AccessOutcome.SegmentationFault;
        if (!vma.Has(isStore ? VmaFlags.Write : VmaFlags.AccessMask)) return AccessOutcome.SegmentationFault;
        return FaultIn(mm, vma, page, isStore, waits: true, _payer) == FaultInResult.BusError ? AccessOutcome.BusError : AccessOutcome.Done;
    }

    /// <inheritdoc/>
    /// <remarks>A store to private memory prepares the anon_vma before the file is asked for the page (do_cow_fault), so it stays even after a SIGBUS.</remarks>
    public FaultInResult FaultIn(Mm mm, Vma vma, ulong page, bool isStore, bool waits, ICharge payer)
    {
        bool needsAnonVma = !vma.Has(VmaFlags.Shared) && (isStore || IsHugeFault(vma, page));
        if (needsAnonVma && !Calls.AnonVmas.TryPrepare(vma, payer)) return FaultInResult.OutOfMemory;
        return vma.File is { } file && vma.OffsetOf(page) >= file.Object.Pages ? FaultInResult.BusError : FaultInResult.Done;
    }

    ForkOutcome IForkedPages.Copy(ForkInProgress fork, Vma from, Vma to, ICharge payer) => ForkOutcome.Done;

    void ITlbFlush.Flush(Mm mm, ulong firstPage, ulong endPage, ICharge payer, bool freesTables)
    {
    }

    /// <summary>Whether a fault is served with a huge page, for which even a load prepares the anon_vma (do_huge_pmd_anonymous_page).</summary>
    private static bool IsHugeFault(Vma vma, ulong page)
    {
        ulong head = page & ~(AddressSpaceLayout.HugePages - 1);
        return vma.IsAnonymous && vma.Has(VmaFlags.HugePage) && head >= vma.Start && head + AddressSpaceLayout.HugePages <= vma.End;
    }
}
