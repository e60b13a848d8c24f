using System;
using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Tests.Physical;

namespace Sim.Tests.AddressSpaces;

/// <summary>One address space and its calls on a small machine without CPUs: pages are put in by hand, and releases go straight to the allocator.</summary>
internal sealed unsafe class CallsUnderTest : IPageRelease, ITlbFlush, IFaultIn
{
    private readonly ReverseMap _reverseMap = new();
    private readonly LeafTables _leaves = new();
    private readonly FrameArray<Frame> _frames;
    private readonly SwapArea _swap = new(1 << 16);
    private int _inTransit;

    public CallsUnderTest(int frames = 32 * 1024, AddressSpacePolicies? policies = null, AddressSpaceLimits? limits = null, CommitAccount? commit = null)
    {
        _frames = new FrameArray<Frame>(frames);
        Allocator = new PageAllocator(_frames);
        Objects = new KernelObjects(Allocator);
        Commit = commit ?? new CommitAccount(OvercommitMode.Heuristic, 1 << 22, 0);
        Calls = new AddressSpaceCalls(Objects, new MappedPages(_frames, _reverseMap, this, this, new SharedTables(_frames, _reverseMap, this, this, Counters)), Commit, this, this, Counters);
        Mm = new Mm(0, PageTable.TryCreate(0, _leaves, Objects, Payer)!, null!, policies ?? BuiltIn.AddressSpaces, Objects) { Limits = limits ?? new AddressSpaceLimits() };
    }

    public PageAllocator Allocator { get; }

    public KernelObjects Objects { get; }

    public CountingPayer Payer { get; } = new();

    public CounterSet Counters { get; } = new();

    public AddressSpaceCalls Calls { get; }

    public Mm Mm { get; }

    public CommitAccount Commit { get; }

    public int Flushes { get; private set; }

    public long Map(ulong pages, Protection protection = Protection.ReadWrite, PageSize size = PageSize.Base)
    {
        MapFlags flags = MapFlags.Private | MapFlags.Anonymous | (size == PageSize.Huge ? MapFlags.HugeTlb : 0);
        long result = Calls.Map(Mm, new MapRequest(0, pages << 12, protection, flags), Payer);
        return result < 0 ? result : result >> 12;
    }

    public long MapAt(ulong page, ulong pages, Protection protection = Protection.ReadWrite, MapFlags more = 0, OpenFile? file = null, ulong offset = 0)
    {
        MapFlags type = (more & MapFlags.TypeMask) == 0 ? MapFlags.Private : 0;
        MapFlags flags = type | more | (file is null ? MapFlags.Anonymous : 0) | ((more & MapFlags.FixedNoReplace) == 0 ? MapFlags.Fixed : 0);
        long result = Calls.Map(Mm, new MapRequest(page << 12, pages << 12, protection, flags, file, offset << 12), Payer);
        return result < 0 ? result : result >> 12;
    }

    public long Unmap(ulong first, ulong pages) => Calls.Unmap(Mm, first << 12, pages << 12, Payer);

    public long Protect(ulong first, ulong pages, Protection protection) => Calls.Protect(Mm, first << 12, pages << 12, protection, Payer);

    public long Advise(ulong first, ulong pages, Advice advice) => Calls.Advise(Mm, first << 12, pages << 12, advice, Payer);

    public long Lock(ulong first, ulong pages, bool onFault = false) => Calls.Lock(Mm, first << 12, pages << 12, onFault, Payer);

    public long Unlock(ulong first, ulong pages) => Calls.Unlock(Mm, first << 12, pages << 12, Payer);

    public long Remap(ulong first, ulong pages, ulong newPages, RemapFlags flags = RemapFlags.None, ulong to = 0)
    {
        long result = Calls.Remap(Mm, new RemapRequest(first << 12, pages << 12, newPages << 12, flags, to << 12), Payer);
        return result < 0 ? result : result >> 12;
    }

    /// <summary>The end of the heap, as a page number.</summary>
    public long Break(ulong end) => Calls.Break(Mm, end << 12, Payer) >> 12;

    /// <summary>The mappings as text relative to <paramref name="origin"/>: "[0,4)rw [6,7)r".</summary>
    public string MapsFrom(ulong origin) => string.Join(' ', Mm.Vmas.All().Select(vma =>
        $"[{(long)(vma.Start - origin)},{(long)(vma.End - origin)}){Letters(vma)}"));

    private static string Letters(Vma vma) => string.Concat(vma.Has(VmaFlags.Read) ? "r" : "", vma.Has(VmaFlags.Write) ? "w" : "",
        vma.Has(VmaFlags.Execute) ? "x" : "", vma.Has(VmaFlags.AccessMask) ? "" : "-");

    /// <summary>Brings a page in: resident, in swap, on its way, or the zero page.</summary>
    public void Touch(ulong page, int how)
    {
        Vma vma = Mm.Vmas.Find(page)!;
        if (vma.PageSize == PageSize.Huge)
        {
            ulong* huge = Mm.PageTable.MakeHuge(page, Payer);
            if (*huge != 0) return;
            Allocator.TryAllocate(9, FrameKind.Anonymous, out FrameNumber block).ShouldBeTrue();
            Mm.PageTable.SetHuge(page, huge, PageTableEntry.OfFrame(block, PageTableEntry.Huge));
            Mm.AddResident(LeafTables.Entries);
            return;
        }
        Calls.AnonVmas.TryPrepare(vma, Payer).ShouldBeTrue();
        ulong* entry = Mm.PageTable.Make(page, Payer);
        if (*entry != 0) return;
        vma.Has(VmaFlags.AccessMask).ShouldBeTrue("only what may be accessed is touched");
        switch (how)
        {
            case 0:
                _swap.TryAllocate(new PageIdentity(page), out int slot).ShouldBeTrue();
                PageTable.Set(entry, PageTableEntry.OfSlot(slot, default));
                break;
            case 1:
                PageTable.Set(entry, PageTableEntry.OfTransfer(_inTransit++));
                break;
            case 2:
                PageTable.Set(entry, PageTableEntry.OfFrame(new FrameNumber(0), PageTableEntry.ZeroPage));
                break;
            default:
                Allocator.TryAllocate(0, FrameKind.Anonymous, out FrameNumber frame).ShouldBeTrue();
                _reverseMap.Map(ref _frames[frame.Value], entry, PageTableEntry.OfFrame(frame, PageTableEntry.Writable));
                Mm.AddResident(1);
                break;
        }
    }

    /// <summary>The page's entry is not empty.</summary>
    public bool IsTouched(ulong page)
    {
        ulong* entry = Mm.PageTable.Find(page);
        ulong* huge = Mm.PageTable.FindHuge(page);
        return (entry != null && *entry != 0) || huge != null;
    }

    /// <summary>Ends the address space and asks that nothing of it is left.</summary>
    public void EndAndCheckThatNothingIsLeft()
    {
        Calls.UnmapAll(Mm, Payer);
        (Mm.Vmas.Count, Mm.TotalPages, Mm.ResidentPages, Mm.HugeMappings, _swap.Used).ShouldBe((0, 0UL, 0L, 0, 0));
        (Mm.LockedPages, Mm.DataPages, Mm.ExecutablePages, Mm.StackPages, Commit.Committed).ShouldBe((0UL, 0UL, 0UL, 0UL, 0UL));
        Mm.PageTable.Destroy(Payer);
        foreach (KernelObject kind in Enum.GetValues<KernelObject>()) Objects.CountOf(kind).ShouldBe(0, kind.ToString());
        Objects.Caches.Shrink(Payer);
        Allocator.FreeFrames.ShouldBe(Allocator.FrameCount);
        Allocator.CheckInvariants();
    }

    void IPageRelease.ReleaseFrame(FrameNumber frame, ICharge payer) => Allocator.Free(frame, 0);

    void IPageRelease.Disclaim(FrameNumber frame)
    {
    }

    void IPageRelease.ShareSlot(int slot) => _swap.Share(slot);

    void IPageRelease.ReleaseSlot(int slot, ICharge payer) => _swap.Free(slot);

    void IPageRelease.CancelTransfer(int transfer) => transfer.ShouldBeInRange(0, _inTransit - 1);

    void IPageRelease.MoveTransfer(int transfer, ulong page) => transfer.ShouldBeInRange(0, _inTransit - 1);

    void IPageRelease.ProtectTransfer(int transfer, bool isAccessible, bool isWritable) => transfer.ShouldBeInRange(0, _inTransit - 1);

    FaultInResult IFaultIn.FaultIn(Mm mm, Vma vma, ulong page, bool isStore, bool waits, ICharge payer)
    {
        if (vma.File is { } file && vma.OffsetOf(page) >= file.Object.Pages) return FaultInResult.BusError;
        Touch(page, how: 9);
        return FaultInResult.Done;
    }

    void IPageRelease.ReleaseHuge(FrameNumber frame, ICharge payer) => Allocator.Free(frame, 9);

    void ITlbFlush.Flush(Mm mm, ulong firstPage, ulong endPage, ICharge payer, bool freesTables) => Flushes++;
}
