using System;
using Sim.Core.AddressSpaces.Syscalls;
using Sim.Core.Contracts;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// The system calls that change or ask about an address space, with Linux's results: a value, or an error negated. Addresses and lengths are in bytes.
/// One file a call, in Syscalls.
/// </summary>
public sealed class AddressSpaceCalls
{
    private readonly AddressSpaceParts _parts;
    private readonly Unmapping _unmapping;
    private readonly Mapping _mapping;
    private readonly Protecting _protecting;
    private readonly Remapping _remapping;
    private readonly Advising _advising;
    private readonly Locking _locking;
    private readonly Breaking _breaking;
    private readonly Syncing _syncing;

    /// <summary>The calls of a machine.</summary>
    /// <param name="objects">Where kernel objects come from.</param>
    /// <param name="pages">What is done to pages.</param>
    /// <param name="commit">The machine's promise of memory.</param>
    /// <param name="tlbs">The translations that go with mappings.</param>
    /// <param name="faults">What faults pages in for calls that ask for it.</param>
    /// <param name="counters">Where merges, splits and refusals are counted.</param>
    /// <param name="files">The page cache; null where files have no pages of their own.</param>
    public AddressSpaceCalls(IKernelObjects objects, MappedPages pages, CommitAccount commit, ITlbFlush tlbs, IFaultIn faults, CounterSet counters, IFilePages? files = null)
    {
        _parts = new AddressSpaceParts(objects, pages, commit, tlbs, faults, counters, files);
        _unmapping = new Unmapping(_parts);
        _mapping = new Mapping(_parts, _unmapping);
        _protecting = new Protecting(_parts);
        _remapping = new Remapping(_parts, _unmapping);
        _advising = new Advising(_parts);
        _locking = new Locking(_parts);
        _breaking = new Breaking(_parts, _unmapping);
        _syncing = new Syncing(_parts);
        Segments = new SharedSegments(_mapping, _unmapping, _parts.Files);
        Duplication = new Duplication(_parts);
        StackGrowth = new StackGrowth(_parts.AnonVmas, commit);
    }

    /// <summary>How mappings get and lose their anon_vmas.</summary>
    public AnonVmas AnonVmas => _parts.AnonVmas;

    /// <summary>Leaf tables that several address spaces have.</summary>
    public SharedTables Tables => _parts.Pages.Tables;

    /// <summary>How a fault below a stack extends it.</summary>
    public StackGrowth StackGrowth { get; }

    /// <summary>System V shared memory.</summary>
    public SharedSegments Segments { get; }

    /// <summary>How fork copies an address space.</summary>
    public Duplication Duplication { get; }

    /// <summary>mmap. Returns the address.</summary>
    public long Map(Mm mm, in MapRequest request, ICharge payer)
    {
        bool replaces = (request.Flags & (MapFlags.Fixed | MapFlags.FixedNoReplace)) != 0;
        return replaces && !TryOwn(mm, request.Address, request.Bytes, isUnmapped: true, payer) ? NoMemory : End(mm, _mapping.Call(mm, request, payer), payer);
    }

    /// <summary>Shows a process pages of the kernel, such as the vdso, at a free place. Returns the address.</summary>
    public long MapSpecial(Mm mm, ulong page, ulong pages, VmaFlags flags, string name, ICharge payer) => _mapping.Install(mm, page, pages, flags, name, payer);

    /// <summary>munmap. Holes are no error.</summary>
    public long Unmap(Mm mm, ulong address, ulong bytes, ICharge payer)
    {
        payer.Charge(Cost.UnmapBase);
        if (!TryOwn(mm, address, bytes, isUnmapped: true, payer)) return NoMemory;
        return End(mm, _unmapping.Call(mm, address, bytes, payer), payer);
    }

    /// <summary>mprotect.</summary>
    public long Protect(Mm mm, ulong address, ulong bytes, Protection protection, ICharge payer) =>
        TryOwn(mm, address, bytes, isUnmapped: false, payer) ? End(mm, _protecting.Call(mm, address, bytes, protection, payer), payer) : NoMemory;

    /// <summary>mremap. Returns the address.</summary>
    public long Remap(Mm mm, in RemapRequest request, ICharge payer)
    {
        bool isOwn = TryOwn(mm, request.Address, ulong.Max(request.OldBytes, request.NewBytes), isUnmapped: false, payer)
            && ((request.Flags & RemapFlags.Fixed) == 0 || TryOwn(mm, request.NewAddress, request.NewBytes, isUnmapped: true, payer));
        return isOwn ? End(mm, _remapping.Call(mm, request, payer), payer) : NoMemory;
    }

    /// <summary>madvise.</summary>
    public long Advise(Mm mm, ulong address, ulong bytes, Advice advice, ICharge payer)
    {
        bool changesEntries = advice is AddressSpaces.Advice.DontNeed or AddressSpaces.Advice.DontNeedLocked or AddressSpaces.Advice.Free;
        return changesEntries && !TryOwn(mm, address, bytes, isUnmapped: false, payer) ? NoMemory
            : End(mm, _advising.Call(mm, address, bytes, advice, payer), payer);
    }

    /// <summary>mlock, or mlock2(MLOCK_ONFAULT).</summary>
    public long Lock(Mm mm, ulong address, ulong bytes, bool onFault, ICharge payer) => End(mm, _locking.Lock(mm, address, bytes, onFault, payer), payer);

    /// <summary>munlock.</summary>
    public long Unlock(Mm mm, ulong address, ulong bytes, ICharge payer) => End(mm, _locking.Unlock(mm, address, bytes, payer), payer);

    /// <summary>mlockall.</summary>
    public long LockAll(Mm mm, bool current, bool future, bool onFault, ICharge payer) => End(mm, _locking.LockAll(mm, current, future, onFault, payer), payer);

    /// <summary>munlockall.</summary>
    public long UnlockAll(Mm mm, ICharge payer) => End(mm, _locking.UnlockAll(mm, payer), payer);

    /// <summary>brk. Returns the break as it then is, which is the old one where the new one cannot be.</summary>
    public long Break(Mm mm, ulong address, ICharge payer)
    {
        bool isOwn = address >= mm.Break || TryOwn(mm, address, mm.Break - address, isUnmapped: true, payer);
        return isOwn ? End(mm, (long)_breaking.Call(mm, address, payer), payer) : (long)mm.Break;
    }

    /// <summary>msync.</summary>
    public long Synchronise(Mm mm, ulong address, ulong bytes, SyncFlags flags, ICharge payer) => _syncing.Synchronise(mm, address, bytes, flags, payer);

    /// <summary>mincore: whether each page is in memory.</summary>
    public long InCore(Mm mm, ulong address, ulong bytes, Span<bool> resident, ICharge payer) => _syncing.InCore(mm, address, bytes, resident, payer);

    /// <summary>Populates what is mapped in a range as far as it goes: what mmap asks for with MAP_POPULATE.</summary>
    public void Populate(Mm mm, ulong start, ulong end, ICharge payer) => _parts.Population.Populate(mm, start, end, payer);

    /// <summary>A file now ends before the end of a mapping: whatever that has beyond goes, copies too. unmap_mapping_range with even_cows.</summary>
    public void DiscardBeyond(Mm mm, Vma vma, ulong filePages, ICharge payer)
    {
        ulong start = vma.OffsetOf(vma.Start) >= filePages ? vma.Start : vma.Start + (filePages - vma.OffsetOf(vma.Start));
        if (_parts.Pages.Zap(mm, start, vma.End, vma.PageSize, payer) > 0) _parts.Tlbs.Flush(mm, start, vma.End, payer);
    }

    /// <summary>Unmaps everything, as the last user leaves or exec replaces it: exit_mmap.</summary>
    public void UnmapAll(Mm mm, ICharge payer)
    {
        if (!_unmapping.Remove(mm, 0, PageTable.PageLimit, mm.Vmas.First, payer)) _parts.Tlbs.Flush(mm, 0, PageTable.PageLimit, payer);
    }

    /// <summary>
    /// exec: everything goes, and the mappings of a new program come: code, data, a heap that is still empty, and a stack. Locks and limits' counts
    /// begin anew. 0 or an error, after which the address space is empty.
    /// </summary>
    public long Replace(Mm mm, in ProgramImage image, ICharge payer)
    {
        UnmapAll(mm, payer);
        (mm.DefaultFlags, mm.LockedPages) = (VmaFlags.None, 0);
        return End(mm, image.MapInto(mm, _mapping, payer), payer);
    }

    private static long NoMemory => SystemError.ENOMEM.AsResult();

    /// <summary>Before the entries of a range change: leaf tables that a fork shared become the address space's own. False when there is no memory for that.</summary>
    private bool TryOwn(Mm mm, ulong address, ulong bytes, bool isUnmapped, ICharge payer)
    {
        if (mm.PageTable.ParkedLeaves == 0) return true;
        ulong start = ulong.Min(address >> 12, PageTable.PageLimit), pages = ulong.Min(AddressSpaceLayout.PagesOf(bytes), PageTable.PageLimit - start);
        return Tables.TryMakeOwn(mm, start, start + pages, isUnmapped, payer);
    }

    private long End(Mm mm, long result, ICharge payer)
    {
        if (mm.Merge.IsSweepDue(mm.MapCount)) _parts.Changes.Sweep(mm, payer);
        return result;
    }
}
