using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>What the calls do to pages: take them away, move them, and change what their entries permit.</summary>
public sealed unsafe class MappedPages(FrameArray<Frame> frames, IPageRelease release, ITlbFlush tlbs)
{
    /// <summary>Takes away all pages of a range, which lies in mappings of one page size: zap_page_range. Returns how many translations went.</summary>
    public long Zap(Mm mm, ulong start, ulong end, PageSize size, ICharge payer) =>
        size == PageSize.Base ? ZapBase(mm, start, end, payer) : ZapHuge(mm, start, end, payer);

    /// <summary>Takes away all pages of a range, flushes what was translated, and leaves the mapping: madvise(MADV_DONTNEED).</summary>
    public void Discard(Mm mm, ulong start, ulong end, PageSize size, ICharge payer)
    {
        if (Zap(mm, start, end, size, payer) > 0) tlbs.Flush(mm.Index, start, end, payer);
    }

    /// <summary>Moves the pages of a range to where nothing is mapped yet: move_page_tables. False when a table could not be had; some pages have then been moved.</summary>
    public bool TryMove(Mm mm, ulong from, ulong to, ulong pages, PageSize size, ICharge payer)
    {
        if (size != PageSize.Base) return TryMoveHuge(mm, from, to, pages, payer);
        long moved = 0;
        bool isComplete = true;
        ulong page = from;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, from + pages); entry != null; entry = mm.PageTable.NextUsed(ref page, from + pages))
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
                ReverseMap.Unmap(ref frame, 0);
                ReverseMap.Map(ref frame, place, value);
            }
            else
            {
                PageTable.Set(entry, 0);
                PageTable.Set(place, value);
            }
            if (PageTableEntry.IsPresent(value)) moved++;
        }
        if (moved > 0) tlbs.Flush(mm.Index, from, from + pages, payer);
        return isComplete;
    }

    /// <summary>
    /// Gives the entries of a range a mapping's new access: change_protection. Where nothing may be read any more the processor finds no entry, but
    /// the page stays. A page of a private mapping may be stored to again at once, since no other process has it.
    /// </summary>
    public void Protect(Mm mm, ulong start, ulong end, VmaFlags flags, ICharge payer)
    {
        bool isAccessible = (flags & VmaFlags.AccessMask) != 0;
        ulong writable = (flags & VmaFlags.Write) != 0 ? PageTableEntry.Writable : 0;
        bool mustFlush = false;
        ulong page = start;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, end); entry != null; page++, entry = mm.PageTable.NextUsed(ref page, end))
        {
            ulong value = *entry;
            if (PageTableEntry.IsInTransit(value)) release.ProtectTransfer(PageTableEntry.IndexOf(value), isAccessible, writable != 0);
            if (!PageTableEntry.HasFrame(value)) continue;
            payer.Charge(Cost.EntryProtect);
            // A page that nobody has ever stored to need not be kept where it cannot be read.
            ulong changed = !isAccessible && PageTableEntry.IsZeroPage(value) ? 0 : PageTableEntry.WithAccess(value, isAccessible, writable != 0);
            if (changed == value) continue;
            mustFlush |= PageTableEntry.IsPresent(value) && (!isAccessible || ((value & PageTableEntry.Writable) != 0 && writable == 0));
            PageTable.Set(entry, changed);
        }
        if (mustFlush) tlbs.Flush(mm.Index, start, end, payer);
    }

    /// <summary>Locks the frames of a range, or lets them go: mlock_vma_pages_range. A locked frame is no victim.</summary>
    public void Lock(Mm mm, ulong start, ulong end, bool isLocked)
    {
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
                ReverseMap.Unmap(ref frames[frame.Value], 0);
                frames[frame.Value].Flags &= ~FrameFlags.Locked;
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
        if (moved > 0) tlbs.Flush(mm.Index, from, from + pages, payer);
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
