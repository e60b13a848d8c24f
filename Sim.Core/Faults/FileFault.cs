using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>
/// Pages of files and of shared memory: do_read_fault, do_cow_fault and do_shared_fault of mm/memory.c, filemap_fault and filemap_map_pages of
/// mm/filemap.c, shmem_fault of mm/shmem.c, Linux 6.18. A fault that had to read is a major one. Its task sleeps until the page is there and then goes on with the same
/// fault, which maps what has come meanwhile.
/// </summary>
internal sealed unsafe class FileFault(FaultParts parts, PageCache cache, CopyOnWrite copies)
{
    /// <summary>Pages that a load maps around itself where they are cached.</summary>
    private readonly ulong _aroundPages = (ulong)parts.Paging.FilePages;

    /// <summary>Whether a file has pages here; otherwise a mapping of it behaves as anonymous memory.</summary>
    public bool Has(FileObject file) => cache.Holds(file);

    public FaultOutcome Resolve(ref PageFault fault)
    {
        FileObject file = fault.Vma.File!.Object;
        bool isPrivate = !fault.Vma.Has(VmaFlags.Shared);
        fault.Cause = file.Kind == FileKind.Disk ? (!fault.IsStore ? FaultCause.FileRead : isPrivate ? FaultCause.FileCopy : FaultCause.FileWrite) : FaultCause.SharedMemory;
        if (fault.IsStore && isPrivate && !parts.AnonVmas.TryPrepare(fault.Vma, fault.Payer)) return FaultOutcome.OutOfMemory;
        ulong offset = fault.Vma.OffsetOf(fault.Page);
        if (!fault.IsStore && TryMapAround(ref fault)) return Found(fault);
        if (offset >= file.Pages)
        {
            fault.Cause = FaultCause.BeyondEnd;
            ulong leaf = fault.Page & ~(ulong)(LeafTables.Entries - 1);
            if (fault.IsFirstOfLeaf) fault.Mm.PageTable.FreeEmptyLeaves(leaf, leaf + LeafTables.Entries, fault.Payer);
            return FaultOutcome.BusError;
        }
        if (Find(fault, offset, out bool beginsAnew) is not { } folio)
        {
            if (!cache.IsCongested) return FaultOutcome.OutOfMemory;
            parts.Transfers.JoinAny(fault.Task);
            return FaultOutcome.Reading;
        }
        if (folio.MustBeWaitedFor)
        {
            folio.Join(fault.Task);
            return FaultOutcome.Reading;
        }
        // A fault that read began anew, and finds more around it.
        if (beginsAnew && !fault.IsStore && TryMapAround(ref fault)) return FaultOutcome.Mapped;
        if (fault.IsStore && isPrivate) return Copy(ref fault, folio.FrameOf(offset));
        if (fault.IsStore) cache.MarkDirty(folio.FrameOf(offset), fault.Payer.Now);
        Finish(fault, folio);
        return Found(fault);
    }

    /// <summary>The page is mapped. If it was there before this fault, the policy hears of an access to it; the access that brought it in is told by the insertion.</summary>
    private FaultOutcome Found(in PageFault fault)
    {
        FrameNumber frame = PageTableEntry.FrameOf(*fault.Entry);
        if (!fault.IsGoingOn) cache.MarkAccessed(frame);
        return fault.IsStore && cache.MustWaitForWriteback(frame, fault.Task, fault.Payer.Now) ? FaultOutcome.Waiting : FaultOutcome.Mapped;
    }

    /// <summary>A private store's copy. The page of the file stays while a frame is found for it.</summary>
    private FaultOutcome Copy(ref PageFault fault, FrameNumber source)
    {
        FrameFlags locked = parts.Frames[source.Value].Flags & FrameFlags.Locked;
        parts.Frames[source.Value].Flags |= FrameFlags.Locked;
        FaultOutcome outcome = copies.Copy(ref fault, source, 0);
        if (locked == 0) parts.Frames[source.Value].Flags &= ~FrameFlags.Locked;
        return outcome;
    }

    /// <summary>The folio of a page, read if need be.</summary>
    private Folio? Find(in PageFault fault, ulong offset, out bool beginsAnew)
    {
        OpenFile open = fault.Vma.File!;
        FileObject file = open.Object;
        beginsAnew = false;
        if (file.Kind != FileKind.Disk)
        {
            if (file.Cache.Find(offset) is { } there) return there;
            // shmem_swapin_folio.
            if (file.Cache.SlotOf(offset) >= 0 && fault.Waits && !fault.IsGoingOn) fault.Counters.Add(Counter.Pgmajfault);
            if (cache.TryAdd(file, offset, 0, false, UserOf(fault))) cache.Submit(fault.Payer);
            return file.Cache.Find(offset);
        }
        if (file.Cache.Find(offset) is { } found)
        {
            if (fault.IsGoingOn || found.IsLeaving) return found;
            beginsAnew = cache.Readahead.OnHit(open, fault.Vma, found, offset, UserOf(fault));
            // The kernel's own fault that began anew, or slept, is a major one, whatever it found; a program's began without the lock that this is about.
            if ((beginsAnew || found.IsReading) && fault.Waits && !fault.IsUser) fault.Counters.Add(Counter.Pgmajfault);
            // What was read ahead may have taken the very page's frame.
            if (file.Cache.Find(offset) is { } still) return still;
        }
        beginsAnew = true;
        if (fault.Waits && !fault.IsGoingOn) fault.Counters.Add(Counter.Pgmajfault);
        cache.IsCongested = false;
        // A window that took the frame of the very page would take it again.
        if (!fault.IsGoingOn) cache.Readahead.OnMiss(open, fault.Vma, offset, UserOf(fault));
        if (file.Cache.Find(offset) is null && !cache.IsCongested)
        {
            cache.TryAdd(file, offset, 0, false, UserOf(fault));
            cache.Submit(fault.Payer);
        }
        return file.Cache.Find(offset);
    }

    private static CacheUser UserOf(in PageFault fault) => new(fault.Mm.Domain, fault.Counters, fault.Payer);

    /// <summary>
    /// Maps what is cached of the pages around a load, 16 in Linux, and of folios that reach out of them all, if they lie whole in the mapping, in one leaf table and
    /// before the file's last page. Folios with a readahead mark are left to a fault of their own. True when the page itself is among them.
    /// </summary>
    private bool TryMapAround(ref PageFault fault)
    {
        Vma vma = fault.Vma;
        FileObject file = vma.File!.Object;
        ulong leafStart = fault.Page & ~(ulong)(LeafTables.Entries - 1), leafEnd = leafStart + LeafTables.Entries;
        ulong lowest = ulong.Max(leafStart, vma.Start), highest = ulong.Min(leafEnd, vma.End);
        ulong from = ulong.Max(fault.Page & ~(_aroundPages - 1), lowest), to = ulong.Min(from + _aroundPages, highest);
        ulong offset = vma.OffsetOf(from), end = ulong.Min(vma.OffsetOf(to - 1) + 1, file.Pages);
        ulong found = 0;
        while (offset < end)
        {
            Folio? folio = file.Cache.Find(offset);
            if (folio is null || folio.IsReadaheadMark || folio.MustBeWaitedFor)
            {
                offset = folio?.End ?? offset + 1;
                continue;
            }
            bool isBeforeLast = file.Kind != FileKind.Disk || folio.End < file.Pages;
            // Without a table there, none is made for a folio that the file ends with (can_map_large of filemap_map_pages).
            if (fault.IsFirstOfLeaf && !isBeforeLast) return false;
            fault.IsFirstOfLeaf = false;
            bool isWhole = isBeforeLast && Lies(vma, folio, lowest, highest);
            ulong first = isWhole ? folio.Start : ulong.Max(folio.Start, offset), last = isWhole ? folio.End : ulong.Min(folio.End, end);
            for (ulong page = first; page < last; page++)
            {
                ulong* entry = EntryOf(fault, page);
                if (*entry == 0) Map(fault, entry, folio.FrameOf(page), isStore: false);
            }
            if (!folio.IsRefaulted) found += last - first;
            offset = folio.End;
        }
        ReadaheadState state = vma.File.Readahead;
        state.MmapMisses -= (int)ulong.Min(found, (ulong)state.MmapMisses);
        return *fault.Entry != 0;
    }

    /// <summary>Maps the page, and with it the whole folio if that lies in the mapping and in one leaf table, where nothing is mapped yet: finish_fault.</summary>
    private void Finish(in PageFault fault, Folio folio)
    {
        Vma vma = fault.Vma;
        ulong leafStart = fault.Page & ~(ulong)(LeafTables.Entries - 1);
        bool isWhole = folio.Pages > 1 && folio.End <= vma.File!.Object.Pages
            && Lies(vma, folio, ulong.Max(leafStart, vma.Start), ulong.Min(leafStart + LeafTables.Entries, vma.End));
        for (ulong page = folio.Start; isWhole && page < folio.End; page++) isWhole = *EntryOf(fault, page) == 0;
        ulong offset = vma.OffsetOf(fault.Page);
        for (ulong page = isWhole ? folio.Start : offset; page < (isWhole ? folio.End : offset + 1); page++)
            Map(fault, EntryOf(fault, page), folio.FrameOf(page), fault.IsStore);
    }

    private static bool Lies(Vma vma, Folio folio, ulong lowest, ulong highest) =>
        folio.Start >= vma.OffsetOf(lowest) && folio.End <= vma.OffsetOf(highest - 1) + 1;

    /// <summary>The entry of a page of the file in the faulting page's own leaf table.</summary>
    private static ulong* EntryOf(in PageFault fault, ulong offset) => fault.Entry + (long)(offset - fault.Vma.OffsetOf(fault.Page));

    private void Map(in PageFault fault, ulong* entry, FrameNumber number, bool isStore)
    {
        ref Frame frame = ref parts.Frames[number.Value];
        // Nobody asks to hear of the first store to shared memory.
        bool isWritable = isStore || ((frame.Flags & FrameFlags.Memory) != 0 && (fault.Vma.Flags & (VmaFlags.Shared | VmaFlags.Write)) == (VmaFlags.Shared | VmaFlags.Write));
        if (fault.Vma.Has(VmaFlags.Locked)) frame.Flags |= FrameFlags.Locked;
        if (isStore) parts.FolioBits[number.Value] |= FolioBits.Dirty;
        fault.Payer.Charge(Cost.EntryInstall);
        parts.ReverseMap.Map(ref frame, entry, PageTableEntry.OfFrame(number, (isWritable ? PageTableEntry.Writable : 0) | (isStore ? PageTableEntry.Dirty : 0)));
        fault.Mm.AddResident(1);
    }
}
