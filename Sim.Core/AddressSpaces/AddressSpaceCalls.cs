using System;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// The system calls that change an address space: do_mmap with get_unmapped_area, do_munmap and brk, for anonymous private mappings.
/// Each returns a result, or an error negated, and then no page is mapped or unmapped (a mapping may have been cut in two).
/// </summary>
public sealed unsafe class AddressSpaceCalls(FrameArray<Frame> frames, IKernelObjects objects, IPageRelease release, ITlbFlush tlbs, CounterSet counters)
{
    private readonly AnonVmas _anonVmas = new(objects);

    /// <summary>How mappings get and lose their anon_vmas.</summary>
    public AnonVmas AnonVmas => _anonVmas;

    /// <summary>Maps <paramref name="pages"/> pages wherever there is room, and returns the first page.</summary>
    public long Map(Mm mm, ulong pages, Protection protection, PageSize pageSize, ICharge payer)
    {
        payer.Charge(Cost.MapBase);
        ulong unit = 1UL << (9 * (int)pageSize);
        if (pages == 0 || pages > PageTable.PageLimit) return -(long)SystemError.EINVAL;
        pages = (pages + unit - 1) / unit * unit;
        ulong start = FindGap(mm.Vmas, pages, unit);
        return start == 0 ? -(long)SystemError.ENOMEM : Insert(mm, Anonymous(start, start + pages, protection, pageSize), payer);
    }

    /// <summary>Unmaps whatever lies in [first, first + pages). Holes are no error.</summary>
    public long Unmap(Mm mm, ulong first, ulong pages, ICharge payer)
    {
        payer.Charge(Cost.UnmapBase);
        ulong end = first + pages;
        if (pages == 0 || end > PageTable.PageLimit || end < first) return -(long)SystemError.EINVAL;
        for (Vma? vma = mm.Vmas.Find(first); vma is not null && vma.Start < end; vma = vma.Next)
        {
            ulong mask = (1UL << (9 * (int)vma.PageSize)) - 1;
            if ((vma.Start < first && (first & mask) != 0) || (vma.End > end && (end & mask) != 0)) return -(long)SystemError.EINVAL;
        }
        if (!SplitAt(mm, first, payer) || !SplitAt(mm, end, payer)) return -(long)SystemError.ENOMEM;
        long unmapped = 0;
        for (Vma? vma = mm.Vmas.Find(first); vma is not null && vma.Start < end;)
        {
            Vma? next = vma.Next;
            unmapped += Erase(mm, vma, payer);
            vma = next;
        }
        if (unmapped > 0) tlbs.Flush(mm.Index, first, end, payer);
        mm.PageTable.FreeEmptyTables(first, end, payer);
        return 0;
    }

    /// <summary>Moves the end of the heap to <paramref name="end"/>, or leaves it where there is no room. Returns the end, as a page number.</summary>
    public long Break(Mm mm, ulong end, ICharge payer)
    {
        payer.Charge(Cost.BreakBase);
        if (end < Mm.HeapStart || end > PageTable.PageLimit) return (long)mm.HeapEnd;
        if (end < mm.HeapEnd)
        {
            if (Unmap(mm, end, mm.HeapEnd - end, payer) < 0) return (long)mm.HeapEnd;
        }
        else if (end > mm.HeapEnd)
        {
            Vma? above = mm.Vmas.Find(mm.HeapEnd);
            if (above is not null && above.Start < end) return (long)mm.HeapEnd;
            if (Insert(mm, Anonymous(mm.HeapEnd, end, Protection.ReadWrite, PageSize.Base), payer) < 0) return (long)mm.HeapEnd;
        }
        mm.HeapEnd = end;
        return (long)end;
    }

    /// <summary>Unmaps everything, as the last user leaves.</summary>
    public void UnmapAll(Mm mm, ICharge payer)
    {
        while (mm.Vmas.Last is { } vma) Erase(mm, vma, payer);
        tlbs.Flush(mm.Index, 0, PageTable.PageLimit, payer);
        mm.PageTable.FreeEmptyTables(0, PageTable.PageLimit, payer);
    }

    /// <summary>The highest gap below the mmap base that holds the mapping, aligned; 0 when there is none.</summary>
    private static ulong FindGap(VmaList vmas, ulong pages, ulong alignment)
    {
        ulong gapEnd = Mm.MmapBase;
        for (Vma? vma = vmas.Last; ; vma = vma.Previous)
        {
            ulong gapStart = Math.Max(vma?.End ?? 0, Mm.LowestPage);
            if (gapEnd > gapStart && gapEnd - gapStart >= pages)
            {
                ulong start = (gapEnd - pages) & ~(alignment - 1);
                if (start >= gapStart) return start;
            }
            if (vma is null) return 0;
            gapEnd = Math.Min(gapEnd, vma.Start);
        }
    }

    /// <summary>Adds a mapping, or lets the neighbours that are like it grow over it.</summary>
    private long Insert(Mm mm, Vma vma, ICharge payer)
    {
        (ulong start, ulong pages) = (vma.Start, vma.Pages);
        Vma? next = mm.Vmas.Find(start);
        Vma? previous = next is null ? mm.Vmas.Last : next.Previous;
        bool joinsPrevious = previous is not null && previous.End == start && IsLike(previous, vma);
        bool joinsNext = next is not null && next.Start == vma.End && IsLike(next, vma) && (!joinsPrevious || IsLike(previous!, next));
        if (!joinsPrevious && !joinsNext)
        {
            if (!objects.TryAllocate(KernelObject.VmArea, payer, out _)) return -(long)SystemError.ENOMEM;
            mm.Vmas.Insert(vma);
            if (vma.PageSize != PageSize.Base) mm.HugeMappings++;
        }
        else counters.Add(Counter.VmaMerges);
        payer.Charge(Cost.VmaInsert);
        if (joinsPrevious)
        {
            if (joinsNext)
            {
                mm.Vmas.Remove(next!);
                if (next!.PageSize != PageSize.Base) mm.HugeMappings--;
                if (next!.AnonVma is not null && previous!.AnonVma is null)
                {
                    previous.AnonVma = next.AnonVma;
                    _anonVmas.TryClone(previous, next, payer);
                }
                _anonVmas.Unlink(next, payer);
                objects.Free(KernelObject.VmArea, payer);
            }
            mm.Vmas.Move(previous!, previous!.Start, joinsNext ? next!.End : vma.End);
        }
        else if (joinsNext)
        {
            next!.PageOffset -= next.Start - vma.Start;
            mm.Vmas.Move(next, vma.Start, next.End);
        }
        mm.TotalPages += pages;
        return (long)start;
    }

    private bool SplitAt(Mm mm, ulong page, ICharge payer)
    {
        Vma? vma = mm.Vmas.Find(page);
        if (vma is null || vma.Start >= page) return true;
        if (!objects.TryAllocate(KernelObject.VmArea, payer, out _)) return false;
        var upper = new Vma(page, vma.End, vma.Flags, vma.File, vma.OffsetOf(page)) { AnonVma = vma.AnonVma };
        if (!_anonVmas.TryClone(upper, vma, payer))
        {
            objects.Free(KernelObject.VmArea, payer);
            return false;
        }
        mm.Vmas.Move(vma, vma.Start, page);
        mm.Vmas.Insert(upper);
        payer.Charge(Cost.VmaInsert);
        counters.Add(Counter.VmaSplits);
        if (vma.PageSize != PageSize.Base) mm.HugeMappings++;
        return true;
    }

    /// <summary>Takes a mapping out with its pages, and returns how many translations that took away.</summary>
    private long Erase(Mm mm, Vma vma, ICharge payer)
    {
        long unmapped = vma.PageSize == PageSize.Base ? UnmapPages(mm, vma, payer) : UnmapHuge(mm, vma, payer);
        mm.Vmas.Remove(vma);
        mm.TotalPages -= vma.Pages;
        payer.Charge(Cost.VmaErase);
        _anonVmas.Unlink(vma, payer);
        objects.Free(KernelObject.VmArea, payer);
        return unmapped;
    }

    private long UnmapPages(Mm mm, Vma vma, ICharge payer)
    {
        long unmapped = 0;
        ulong page = vma.Start;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, vma.End); entry != null; entry = mm.PageTable.NextUsed(ref page, vma.End))
        {
            ulong value = *entry;
            if (PageTableEntry.IsZeroPage(value))
            {
                payer.Charge(Cost.PageUnmap);
                PageTable.Set(entry, 0);
                unmapped++;
            }
            else if (PageTableEntry.IsPresent(value))
            {
                unmapped++;
                FrameNumber frame = PageTableEntry.FrameOf(value);
                payer.Charge(Cost.PageUnmap);
                ReverseMap.Unmap(ref frames[frame.Value], 0);
                mm.AddResident(-1);
                release.ReleaseFrame(frame, mm.Domain, payer);
            }
            else
            {
                PageTable.Set(entry, 0);
                if (PageTableEntry.IsInTransit(value)) release.CancelTransfer(PageTableEntry.IndexOf(value));
                else release.ReleaseSlot(PageTableEntry.IndexOf(value));
            }
        }
        return unmapped;
    }

    private long UnmapHuge(Mm mm, Vma vma, ICharge payer)
    {
        long unmapped = 0;
        for (ulong page = vma.Start; page < vma.End; page += LeafTables.Entries)
        {
            ulong* entry = mm.PageTable.FindHuge(page);
            if (entry == null) continue;
            payer.Charge(Cost.PageUnmap);
            FrameNumber frame = PageTableEntry.FrameOf(*entry);
            mm.PageTable.SetHuge(page, entry, 0);
            mm.AddResident(-LeafTables.Entries);
            release.ReleaseHuge(frame, payer);
            unmapped++;
        }
        mm.HugeMappings--;
        return unmapped;
    }

    private static Vma Anonymous(ulong start, ulong end, Protection protection, PageSize pageSize) => new(start, end,
        (VmaFlags)protection | VmaFlags.MayAll | (pageSize == PageSize.Base ? VmaFlags.None : VmaFlags.HugeTlb), null, start);

    private static bool IsLike(Vma vma, Vma other) => vma.Flags == other.Flags
        && (vma.AnonVma is null || other.AnonVma is null || ReferenceEquals(vma.AnonVma, other.AnonVma));
}
