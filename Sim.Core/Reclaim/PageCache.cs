using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>What is done to the pages of files as a whole: brought in, written back, dropped, cut off. mm/filemap.c and mm/truncate.c of Linux 6.18.</summary>
public sealed unsafe class PageCache(FrameArray<Frame> frames, PageAllocator allocator, ReverseMap reverseMap, Func<int, Mm> addressSpaceOf, ITlbFlush tlbs) : IFilePages
{
    /// <summary>The most that a device takes at once: max_sectors_kb is 4096 KiB.</summary>
    private const ulong RequestPages = 1024;

    /// <summary>Brings pages of a file in as one folio. False where one of them is here already, or memory is short.</summary>
    public bool TryAdd(FileObject file, ulong start, int order, bool isMark, ICharge payer)
    {
        ulong pages = 1UL << order;
        for (ulong page = start; page < start + pages; page++)
        {
            if (file.Cache.Find(page) is not null) return false;
        }
        var taken = new FrameNumber[pages];
        for (ulong i = 0; i < pages; i++)
        {
            if (!allocator.TryAllocate(0, FrameKind.PageCache, AllocationFlags.User, payer, out taken[i]))
            {
                for (ulong back = 0; back < i; back++) allocator.Free(taken[back], 0, payer.Cpu);
                return false;
            }
            payer.Charge(Cost.FrameAllocate);
            frames[taken[i].Value] = new Frame { Kind = FrameKind.PageCache, SwapSlot = -1, Flags = file.Kind == FileKind.Disk ? FrameFlags.None : FrameFlags.Memory };
        }
        file.Cache.Add(new Folio(start, taken) { IsReadaheadMark = isMark });
        return true;
    }

    /// <summary>Brings in what is not in memory of [start, end), page by page and no more than a device takes at once: force_page_cache_ra.</summary>
    public void BringIn(FileObject file, ulong start, ulong end, ICharge payer)
    {
        if (file.Kind != FileKind.Disk) return;
        ulong last = ulong.Min(ulong.Min(end, file.Pages), start + RequestPages);
        for (ulong page = start; page < last; page++) TryAdd(file, page, 0, false, payer);
    }

    /// <inheritdoc/>
    public void Split(Mm mm, Vma vma, ulong start, ulong end, ICharge payer)
    {
        CachedPages cached = vma.File!.Object.Cache;
        for (ulong page = start; page < end;)
        {
            Folio? folio = cached.Find(vma.OffsetOf(page));
            ulong run = folio is null ? 0 : RunOf(mm, vma, folio, page, end);
            if (folio is { Pages: > 1 } && run > 0 && run < (ulong)folio.Pages && !IsDirty(folio) && folio.Frames.All(frame => IsMappedBy(mm, frame)))
            {
                cached.Remove(folio);
                foreach (var (number, frame) in folio.Frames.Index())
                {
                    UnmapAll(ref frames[frame.Value], payer);
                    cached.Add(new Folio(folio.Start + (ulong)number, [frame]));
                }
            }
            page += ulong.Max(run, 1);
        }
    }

    /// <summary>How many pages of a folio follow each other in a range and in one leaf table.</summary>
    private static ulong RunOf(Mm mm, Vma vma, Folio folio, ulong page, ulong end)
    {
        ulong last = ulong.Min(ulong.Min(end, page + folio.End - vma.OffsetOf(page)), (page | (LeafTables.Entries - 1)) + 1);
        ulong at = page;
        for (; at < last; at++)
        {
            ulong* entry = mm.PageTable.Find(at);
            if (entry == null || !PageTableEntry.IsPresent(*entry) || PageTableEntry.FrameOf(*entry) != folio.FrameOf(vma.OffsetOf(at))) break;
        }
        return at - page;
    }

    private bool IsMappedBy(Mm mm, FrameNumber frame)
    {
        for (ulong* entry = reverseMap.First(frames[frame.Value], out int next); entry != null; entry = reverseMap.Next(ref next))
        {
            if (LeafTables.HeaderOf(entry).AddressSpace != mm.Index) return false;
        }
        return true;
    }

    /// <summary>Whether any page of a folio holds what its file does not yet.</summary>
    public bool IsDirty(Folio folio) => folio.Frames.Any(frame => (frames[frame.Value].Flags & FrameFlags.Dirty) != 0);

    /// <summary>Writes the dirty folios of [start, end) back. Their next stores fault again, which is how the kernel hears of them: folio_mkclean.</summary>
    public bool WriteBack(FileObject file, ulong start, ulong end, ICharge payer)
    {
        if (file.Kind != FileKind.Disk) return false;
        bool wrote = false;
        foreach (Folio folio in file.Cache.In(start, end).Where(IsDirty))
        {
            wrote = true;
            foreach (FrameNumber number in folio.Frames) Clean(ref frames[number.Value], payer);
        }
        return wrote;
    }

    /// <summary>Drops what is neither dirty nor mapped: POSIX_FADV_DONTNEED.</summary>
    public void Drop(FileObject file, ICharge payer)
    {
        foreach (Folio folio in file.Cache.In(0, file.Pages))
        {
            if (folio.Frames.All(frame => frames[frame.Value].ReverseMap == 0) && !IsDirty(folio)) Free(file, folio, payer);
        }
    }

    /// <summary>
    /// Takes pages [start, end) out of a file, from every address space too, as truncation and punching a hole do. What a process has made its own copy
    /// of it keeps. A folio that is cut becomes single pages.
    /// </summary>
    public void Remove(FileObject file, ulong start, ulong end, ICharge payer)
    {
        foreach (Folio folio in file.Cache.In(start, end))
        {
            var kept = new List<(ulong Page, FrameNumber Frame)>();
            for (ulong page = folio.Start; page < folio.End; page++)
            {
                if (page < start || page >= end) kept.Add((page, folio.FrameOf(page)));
                else UnmapAll(ref frames[folio.FrameOf(page).Value], payer);
            }
            file.Cache.Remove(folio);
            foreach ((ulong page, FrameNumber frame) in kept) file.Cache.Add(new Folio(page, [frame]));
            foreach (FrameNumber frame in folio.Frames.Where(frame => !kept.Exists(other => other.Frame == frame))) FreeFrame(frame, payer);
        }
    }

    private void Clean(ref Frame frame, ICharge payer)
    {
        frame.Flags &= ~FrameFlags.Dirty;
        for (ulong* entry = reverseMap.First(frame, out int next); entry != null; entry = reverseMap.Next(ref next))
        {
            ulong value = *entry;
            if ((value & (PageTableEntry.Dirty | PageTableEntry.Writable)) == 0) continue;
            payer.Charge(Cost.EntryProtect);
            PageTable.Set(entry, value & ~(PageTableEntry.Dirty | PageTableEntry.Writable));
            Flush(entry, payer);
        }
    }

    private void UnmapAll(ref Frame frame, ICharge payer)
    {
        for (ulong* entry = reverseMap.First(frame, out _); entry != null; entry = reverseMap.First(frame, out _))
        {
            payer.Charge(Cost.PageUnmap);
            if ((*entry & PageTableEntry.Dirty) != 0) frame.Flags |= FrameFlags.Dirty;
            reverseMap.Unmap(ref frame, entry, 0);
            Flush(entry, payer).AddResident(-1);
        }
    }

    private Mm Flush(ulong* entry, ICharge payer)
    {
        Mm mm = addressSpaceOf(LeafTables.HeaderOf(entry).AddressSpace);
        ulong page = LeafTables.PageOf(entry).Value;
        tlbs.Flush(mm.Index, page, page + 1, payer);
        return mm;
    }

    private void Free(FileObject file, Folio folio, ICharge payer)
    {
        file.Cache.Remove(folio);
        foreach (FrameNumber frame in folio.Frames) FreeFrame(frame, payer);
    }

    private void FreeFrame(FrameNumber frame, ICharge payer)
    {
        payer.Charge(Cost.FrameFree);
        allocator.Free(frame, 0, payer.Cpu);
    }
}
