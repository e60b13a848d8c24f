using System.Collections.Generic;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>What the calls do to pages: take them away, move them, and change what their entries permit.</summary>
public sealed unsafe class MappedPages(FrameArray<Frame> frames, ReverseMap reverseMap, IPageRelease release, ITlbFlush tlbs, SharedTables tables)
{
    /// <summary>Pages that are marked at a time as such that may be dropped: those of a batch, PAGEVEC_SIZE.</summary>
    private const int LazyBatch = 31;

    /// <summary>Leaf tables that several address spaces have.</summary>
    public SharedTables Tables => tables;

    private readonly List<(FrameNumber Frame, PageIdentity Page)> _lazy = [];

    /// <summary>
    /// Takes away all pages of a range, which lies in mappings of one page size: zap_page_range. Returns how many translations went. Leaf tables of
    /// the range that hold something are the address space's own.
    /// </summary>
    public long Zap(Mm mm, ulong start, ulong end, PageSize size, ICharge payer) =>
        size == PageSize.Base ? ZapBase(mm, start, end, payer) : ZapHuge(mm, start, end, payer);

    /// <summary>Takes away all pages of a range, flushes what was translated, and leaves the mapping: madvise(MADV_DONTNEED). Leaf tables that it empties go too.</summary>
    public void Discard(Mm mm, ulong start, ulong end, PageSize size, ICharge payer)
    {
        long unmapped = Zap(mm, start, end, size, payer);
        bool freesTables = size == PageSize.Base && mm.PageTable.FreeEmptyLeaves(start, end, payer);
        if (unmapped > 0 || freesTables) tlbs.Flush(mm, start, end, payer, freesTables);
    }

    /// <summary>
    /// Lets the anonymous pages of a range be dropped when memory is short, unless they are stored to before: madvise(MADV_FREE). What lies in swap goes at
    /// once. Marks are set a batch at a time; the rest waits for the next call that drains it.
    /// </summary>
    public void Free(Mm mm, ulong start, ulong end, ICharge payer)
    {
        Drain();
        long cleaned = 0;
        ulong page = start;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, end); entry != null; page++, entry = mm.PageTable.NextUsed(ref page, end))
        {
            ulong value = *entry;
            if (PageTableEntry.IsSwapped(value))
            {
                PageTable.Set(entry, 0);
                release.ReleaseSlot(PageTableEntry.IndexOf(value), payer);
                continue;
            }
            if (!PageTableEntry.HasFrame(value) || PageTableEntry.IsZeroPage(value)) continue;
            FrameNumber number = PageTableEntry.FrameOf(value);
            ref Frame frame = ref frames[number.Value];
            if (frame.Kind != FrameKind.Anonymous || (frame.Flags & FrameFlags.InTransit) != 0) continue;
            // What others have of it is theirs: its copy in swap, and their stores.
            bool isShared = ReverseMap.IsShared(frame);
            if (isShared && frame.SwapSlot >= 0) continue;
            payer.Charge(Cost.EntryProtect);
            PageTable.Set(entry, value & ~PageTableEntry.Dirty);
            if (!isShared) release.Disclaim(number);
            cleaned++;
            // What another address space has locked is cleaned here, and stays.
            if ((frame.Flags & (FrameFlags.LazyFree | FrameFlags.Locked)) != 0) continue;
            _lazy.Add((number, frame.Identity));
            if (_lazy.Count == LazyBatch) Drain();
        }
        if (cleaned > 0) tlbs.Flush(mm, start, end, payer);
    }

    /// <summary>Marks what waits for its batch to be full: lru_add_drain, which mlock, populating, MADV_COLD, MADV_FREE, MADV_WILLNEED of memory and write-back do, and unmapping does not.</summary>
    public void Drain()
    {
        foreach ((FrameNumber number, PageIdentity page) in _lazy)
        {
            ref Frame frame = ref frames[number.Value];
            if (frame.Kind == FrameKind.Anonymous && frame.ReverseMap != 0 && frame.Identity == page) frame.Flags |= FrameFlags.LazyFree;
        }
        _lazy.Clear();
    }

    /// <summary>Moves the pages of a range to where nothing is mapped yet: move_page_tables. False when a table could not be had; some pages have then been moved.</summary>
    public bool TryMove(Mm mm, ulong from, ulong to, ulong pages, PageSize size, ICharge payer)
    {
        if (size != PageSize.Base) return TryMoveHuge(mm, from, to, pages, payer);
        long moved = 0;
        bool isComplete = TryMakeTables(mm, from, to, pages, payer);
        ulong page = from;
        for (ulong* entry = isComplete ? mm.PageTable.NextUsed(ref page, from + pages) : null; entry != null; entry = mm.PageTable.NextUsed(ref page, from + pages))
        {
            ulong target = page - from + to;
            ulong* place = mm.PageTable.Make(target, payer);
            if (place == null)
            {
                isComplete = false;
                break;
            }
            ulong value = *entry;
            payer.Charge(Cost.EntryMove);
            if (PageTableEntry.IsInTransit(value)) release.MoveTransfer(PageTableEntry.IndexOf(value), target);
            if (PageTableEntry.HasFrame(value) && !PageTableEntry.IsZeroPage(value))
            {
                ref Frame frame = ref frames[PageTableEntry.FrameOf(value).Value];
                reverseMap.Unmap(ref frame, entry, 0);
                reverseMap.Map(ref frame, place, value);
            }
            else
            {
                PageTable.Set(entry, 0);
                PageTable.Set(place, value);
            }
            if (PageTableEntry.IsPresent(value)) moved++;
        }
        if (moved > 0) tlbs.Flush(mm, from, from + pages, payer);
        return isComplete;
    }

    /// <summary>
    /// Gives the entries of a range a mapping's new access: change_protection. Where nothing may be read any more the processor finds no entry, but
    /// the page stays. A page that is the process's own may be stored to again at once, one that a fork may have shared only after a fault; a file's page,
    /// which the kernel wants to know the first store to, only if it is dirty already (can_change_pte_writable).
    /// </summary>
    public void Protect(Mm mm, ulong start, ulong end, VmaFlags flags, ICharge payer)
    {
        bool isAccessible = (flags & VmaFlags.AccessMask) != 0;
        bool mayWrite = (flags & VmaFlags.Write) != 0;
        bool mustFlush = false;
        ulong page = start;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, end); entry != null; page++, entry = mm.PageTable.NextUsed(ref page, end))
        {
            ulong value = *entry;
            if (PageTableEntry.IsInTransit(value)) release.ProtectTransfer(PageTableEntry.IndexOf(value), isAccessible, mayWrite);
            if (!PageTableEntry.HasFrame(value)) continue;
            payer.Charge(Cost.EntryProtect);
            bool isWritable = mayWrite && !PageTableEntry.IsZeroPage(value) && IsStoreFree(frames[PageTableEntry.FrameOf(value).Value], value, flags);
            ulong changed = PageTableEntry.WithAccess(value, isAccessible, isWritable);
            if (changed == value) continue;
            mustFlush |= PageTableEntry.IsPresent(value) && (!isAccessible || ((value & PageTableEntry.Writable) != 0 && !isWritable));
            PageTable.Set(entry, changed);
        }
        if (mustFlush) tlbs.Flush(mm, start, end, payer);
    }

    /// <summary>Locks the frames of a range, or lets them go: mlock_vma_pages_range. A locked frame is no victim.</summary>
    public void Lock(Mm mm, ulong start, ulong end, bool isLocked)
    {
        Drain();
        ulong page = start;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, end); entry != null; page++, entry = mm.PageTable.NextUsed(ref page, end))
        {
            if (!PageTableEntry.HasFrame(*entry) || PageTableEntry.IsZeroPage(*entry)) continue;
            ref Frame frame = ref frames[PageTableEntry.FrameOf(*entry).Value];
            frame.Flags = isLocked ? frame.Flags | FrameFlags.Locked : frame.Flags & ~FrameFlags.Locked;
        }
    }

    /// <summary>Whether a page is in memory: what mincore says of anonymous memory.</summary>
    public static bool IsResident(Mm mm, ulong page)
    {
        ulong* entry = mm.PageTable.Find(page);
        return (entry != null && PageTableEntry.HasFrame(*entry)) || mm.PageTable.FindHuge(page) != null;
    }

    /// <summary>Whether a store to a page needs no fault, where its mapping may be written.</summary>
    private static bool IsStoreFree(in Frame frame, ulong entry, VmaFlags flags) => frame.Kind == FrameKind.PageCache
        ? (flags & VmaFlags.Shared) != 0 && ((frame.Flags & FrameFlags.Memory) != 0 || (entry & PageTableEntry.Dirty) != 0)
        : (frame.Flags & FrameFlags.MaybeShared) == 0;

    private long ZapBase(Mm mm, ulong start, ulong end, ICharge payer)
    {
        long unmapped = 0;
        ulong page = start;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, end); entry != null; entry = mm.PageTable.NextUsed(ref page, end))
        {
            ulong value = *entry;
            if (PageTableEntry.IsZeroPage(value))
            {
                payer.Charge(Cost.PageUnmap);
                PageTable.Set(entry, 0);
                unmapped++;
            }
            else if (PageTableEntry.HasFrame(value))
            {
                unmapped++;
                FrameNumber frame = PageTableEntry.FrameOf(value);
                payer.Charge(Cost.PageUnmap);
                ref Frame mapped = ref frames[frame.Value];
                reverseMap.Unmap(ref mapped, entry, 0);
                mm.AddResident(-1);
                if (mapped.Kind == FrameKind.PageCache)
                {
                    if ((value & PageTableEntry.Dirty) != 0) mapped.Flags |= FrameFlags.Dirty;
                    if (mapped.ReverseMap == 0) mapped.Flags &= ~FrameFlags.Locked;
                }
                else if (mapped.ReverseMap == 0)
                {
                    mapped.Flags &= ~FrameFlags.Locked;
                    release.ReleaseFrame(frame, payer);
                }
            }
            else
            {
                PageTable.Set(entry, 0);
                if (PageTableEntry.IsInTransit(value)) release.CancelTransfer(PageTableEntry.IndexOf(value));
                else release.ReleaseSlot(PageTableEntry.IndexOf(value), payer);
            }
        }
        return unmapped;
    }

    /// <summary>The leaf tables that pages move to: for each table that they come from, whatever it holds.</summary>
    private static bool TryMakeTables(Mm mm, ulong from, ulong to, ulong pages, ICharge payer)
    {
        const ulong mask = LeafTables.Entries - 1;
        for (ulong done = 0; done < pages;)
        {
            if (mm.PageTable.Find(from + done) != null && mm.PageTable.Make(to + done, payer) == null) return false;
            done += ulong.Min(LeafTables.Entries - (from + done & mask), LeafTables.Entries - (to + done & mask));
        }
        return true;
    }

    private bool TryMoveHuge(Mm mm, ulong from, ulong to, ulong pages, ICharge payer)
    {
        long moved = 0;
        for (ulong done = 0; done < pages; done += LeafTables.Entries)
        {
            ulong* entry = mm.PageTable.FindHuge(from + done);
            if (entry == null) continue;
            ulong* place = mm.PageTable.MakeHuge(to + done, payer);
            if (place == null) return false;
            payer.Charge(Cost.EntryMove);
            mm.PageTable.SetHuge(to + done, place, *entry);
            mm.PageTable.SetHuge(from + done, entry, 0);
            moved++;
        }
        if (moved > 0) tlbs.Flush(mm, from, from + pages, payer);
        return true;
    }

    private long ZapHuge(Mm mm, ulong start, ulong end, ICharge payer)
    {
        long unmapped = 0;
        for (ulong page = start; page < end; page += LeafTables.Entries)
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
        return unmapped;
    }
}
