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

/// <summary>
/// What is done to the pages of files as a whole: brought in, dropped, cut off. mm/filemap.c and mm/truncate.c of Linux 6.18. Frames of
/// files stand in the lists of the replacement domain that brought them in, one by one, beside those of anonymous memory.
/// </summary>
public sealed unsafe class PageCache(PageCacheParts parts) : IFilePages
{
    /// <summary>The most pages that one call for pages brings in: max_sectors_kb is 4096 KiB.</summary>
    private const ulong RequestPages = 1024;

    private readonly FrameArray<Frame> _frames = parts.Frames;
    private readonly List<FileObject> _files = [];

    /// <summary>The files that it has seen, by number less one.</summary>
    public IReadOnlyList<FileObject> Files => _files;

    /// <summary>Pages of files that lie on a disk.</summary>
    public long PagesOfDisk
    {
        get
        {
            long pages = 0;
            foreach (FileObject file in _files) pages += file.Kind == FileKind.Disk ? file.Cache.Count : 0;
            return pages;
        }
    }

    /// <summary>What is done to dirty pages.</summary>
    public Writeback Writeback => field ??= new Writeback(this, parts);

    /// <summary>What reclaim takes of it.</summary>
    internal FileEviction Eviction => field ??= new FileEviction(this, parts);

    /// <summary>What of files comes unasked.</summary>
    public Readahead Readahead => field ??= new Readahead(this, parts.ReadaheadWindow);

    /// <summary>Whether the last page that could not be had could not for want of a frame that will be free when some transfer ends.</summary>
    internal bool IsCongested { get; set; }

    /// <summary>Whether the pages of a file are in this cache, or can be.</summary>
    internal bool Holds(FileObject file) => parts.HoldsAll || file.Number > 0;

    /// <summary>The cache knows a file from now on.</summary>
    public void Register(FileObject file)
    {
        if (file.Number > 0) return;
        if (_files.Count + 1 >= PageIdentity.MostFiles) throw new InvalidOperationException($"more than {PageIdentity.MostFiles} files");
        _files.Add(file);
        file.Number = _files.Count;
    }

    /// <summary>The folio of a frame that holds a page of a file.</summary>
    internal Folio FolioOf(in Frame frame) => _files[frame.Identity.File - 1].Cache.Find(frame.Identity.FilePage)!;

    /// <summary>Brings pages of a file in as one folio. False where one of them is here already, or memory is short. What must be read is on its way after <see cref="Submit"/>.</summary>
    public bool TryAdd(FileObject file, ulong start, int order, bool isMark, in CacheUser user, bool isRead = true)
    {
        IsCongested = false;
        var taken = new FrameNumber[1 << order];
        for (int i = 0; i < taken.Length; i++)
        {
            if (file.Cache.Find(start + (ulong)i) is not null) return false;
        }
        Register(file);
        int slot = file.Cache.SlotOf(start);
        for (int i = 0; i < taken.Length; i++)
        {
            if (TryTake(file, start + (ulong)i, user, out taken[i])) continue;
            for (int back = 0; back < i; back++) FreeFrame(taken[back], user.Payer);
            return false;
        }
        var folio = new Folio(file, start, taken) { IsReadaheadMark = isMark, IsRefaulted = file.Cache.WasEvicted(start, out _) };
        file.Cache.Add(folio);
        foreach (FrameNumber frame in taken)
        {
            _frames[frame.Value].Flags &= ~FrameFlags.InTransit;
            file.Cache.Forget(_frames[frame.Value].Identity.FilePage);
            if (isRead && file.Kind == FileKind.Disk) parts.Contents?.OnFileRead(_frames[frame.Value].Identity, frame);
        }
        if (file.Kind != FileKind.Disk) Fill(folio, slot, user.Payer);
        else if (isRead) parts.Requests.Gather(folio, isWrite: false, user.Payer);
        return true;
    }

    /// <summary>A page of shared memory holds zeros at first, and what it held where it comes back from swap. It gives its slot up then, and has to be written again.</summary>
    private void Fill(Folio folio, int slot, ICharge payer)
    {
        FrameNumber number = folio.Frames[0];
        if (slot < 0)
        {
            payer.Charge(Cost.PageZero);
            parts.Contents?.OnZero(number);
            return;
        }
        parts.Contents?.OnReadIn(slot, number);
        _frames[number.Value].Flags |= FrameFlags.Dirty;
        folio.SwapSlot = slot;
        if (parts.Transfers.TryReadNow(payer)) parts.Requests.GiveUpSlot(folio);
        else parts.Requests.Gather(folio, isWrite: false, payer);
    }

    /// <summary>Sends off what is to be read.</summary>
    public void Submit(ICharge payer) => parts.Requests.Submit(payer);

    /// <summary>Brings in what is not in memory of [start, end), page by page and no more than a device takes at once: force_page_cache_ra.</summary>
    public void BringIn(FileObject file, ulong start, ulong end, in CacheUser user)
    {
        if (file.Kind != FileKind.Disk || !Holds(file)) return;
        ulong last = ulong.Min(ulong.Min(end, file.Pages), start + RequestPages);
        for (ulong page = start; page < last; page++)
        {
            if (!TryAdd(file, page, 0, false, user) && IsCongested) break;
        }
        Submit(user.Payer);
    }

    void IFilePages.BringIn(Mm mm, FileObject file, ulong start, ulong end, ICharge payer) => BringIn(file, start, end, new CacheUser(mm.Domain, parts.Counters, payer));

    bool IFilePages.WriteBack(FileObject file, ulong start, ulong end, ICharge payer) => Writeback.Write(file, start, end, payer);

    /// <inheritdoc/>
    public void Split(Mm mm, Vma vma, ulong start, ulong end, ICharge payer)
    {
        CachedPages cached = vma.File!.Object.Cache;
        for (ulong page = start; page < end;)
        {
            Folio? folio = cached.Find(vma.OffsetOf(page));
            ulong run = folio is null or { IsLeaving: true } ? 0 : RunOf(mm, vma, folio, page, end);
            if (folio is { Pages: > 1, IsInFlight: false } && run > 0 && run < (ulong)folio.Pages && !Writeback.IsDirty(folio) && folio.Frames.All(frame => IsMappedBy(mm, frame)))
            {
                foreach (FrameNumber frame in folio.Frames) UnmapAll(ref _frames[frame.Value], payer);
                BreakUp(folio);
            }
            page += ulong.Max(run, 1);
        }
    }

    /// <summary>Drops what is neither dirty nor mapped, nor in the hands of a device: POSIX_FADV_DONTNEED.</summary>
    public void Drop(FileObject file, ICharge payer)
    {
        foreach (Folio folio in file.Cache.In(0, file.Pages))
        {
            if (folio.MustBeWaitedFor || folio.IsWriting || Writeback.IsDirty(folio)) continue;
            if (folio.Frames.All(frame => _frames[frame.Value].ReverseMap == 0)) Free(folio, payer);
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
            bool isCut = folio.Start < start || folio.End > end;
            foreach (Folio piece in isCut ? BreakUp(folio) : [folio])
            {
                if (piece.Start >= start && piece.Start < end) Free(piece, payer);
            }
        }
        foreach (int slot in file.Cache.SlotsIn(start, end)) parts.Swap.Free(slot);
        file.Cache.ForgetFrom(start, end);
    }

    /// <summary>Everything goes, dirty or not: the machine stops.</summary>
    public void Clear(ICharge payer)
    {
        foreach (FileObject file in _files) Remove(file, 0, ulong.MaxValue, payer);
    }

    /// <summary>A page of a file holds what the file does not.</summary>
    internal void MarkDirty(FrameNumber number, SimTime now)
    {
        ref Frame frame = ref _frames[number.Value];
        parts.FolioBits[number.Value] |= FolioBits.Dirty;
        if (Writeback.TryMarkDirty(ref frame) && (frame.Flags & FrameFlags.Memory) == 0) Writeback.OnDirtied(_files[frame.Identity.File - 1], now);
    }

    /// <summary>A call stores to a page.</summary>
    internal void Store(FrameNumber number, SimTime now)
    {
        MarkDirty(number, now);
        parts.Contents?.OnFileStore(_frames[number.Value].Identity, number);
    }

    /// <summary>A task has stored to a page of a file. True where it is to sleep until some of what is dirty has been written back.</summary>
    internal bool MustWaitForWriteback(FrameNumber number, IWaitingTask task, SimTime now) =>
        (_frames[number.Value].Flags & FrameFlags.Memory) == 0 && parts.Events?.MustWaitForWriteback(task, now) == true;

    /// <summary>A page that was here is used by a call, or mapped by a fault: as the access that finds it, which no page walk sees.</summary>
    internal void MarkAccessed(FrameNumber number)
    {
        parts.FolioBits[number.Value] |= FolioBits.Accessed;
        parts.Domains.Of(number).OnAccess(number);
    }

    /// <summary>Takes a frame from every address space.</summary>
    internal void UnmapAll(ref Frame frame, ICharge payer, Cost cost = Cost.PageUnmap)
    {
        for (ulong* entry = parts.ReverseMap.First(frame, out _); entry != null; entry = parts.ReverseMap.First(frame, out _))
        {
            payer.Charge(cost);
            // A store that maps a whole folio makes entries dirty of which one page alone was counted.
            if ((*entry & PageTableEntry.Dirty) != 0) Writeback.TryMarkDirty(ref frame);
            parts.ReverseMap.Unmap(ref frame, entry, 0);
            parts.Owners.OnUnmapped(entry, parts.Tlbs, payer);
        }
        frame.Flags &= ~FrameFlags.Locked;
    }

    private bool TryTake(FileObject file, ulong page, in CacheUser user, out FrameNumber frame)
    {
        PageIdentity identity = PageIdentity.OfFile(file.Number, page);
        bool wasEvicted = file.Cache.WasEvicted(page, out Shadow shadow);
        user.Domain.OnFault(identity, shadow);
        bool isTaken = parts.Reclaimer.TryTake(user.Domain, user.Payer, user.Counters, out FrameGrant grant);
        frame = grant.Frame;
        if (!isTaken)
        {
            IsCongested = grant.Kind != FrameGrantKind.OutOfMemory;
            return false;
        }
        // In transit while the rest of its folio is taken: it is nobody's victim.
        FrameFlags flags = FrameFlags.InTransit | (file.Kind == FileKind.Disk ? FrameFlags.None : FrameFlags.Memory);
        _frames[frame.Value].Hold(FrameKind.PageCache, identity, -1, flags);
        parts.FolioBits[frame.Value] = 0;
        parts.Domains.Charge(frame, user.Domain, identity);
        user.Counters.Add(Counter.PageInsertions);
        if (wasEvicted) user.Counters.Add(file.Kind == FileKind.Disk ? Counter.WorkingsetRefaultFile : Counter.WorkingsetRefaultAnon);
        user.Payer.Charge(Cost.PageAccount);
        return true;
    }

    /// <summary>Makes a folio single pages, which stay mapped and are dirty if it was.</summary>
    internal Folio[] BreakUp(Folio folio)
    {
        if (folio.Pages == 1) return [folio];
        bool isDirty = Writeback.IsDirty(folio);
        CachedPages cached = folio.File.Cache;
        cached.Remove(folio);
        var pieces = new Folio[folio.Pages];
        foreach (var (index, frame) in folio.Frames.Index())
        {
            if (isDirty) Writeback.TryMarkDirty(ref _frames[frame.Value]);
            pieces[index] = new Folio(folio.File, folio.Start + (ulong)index, [frame])
            {
                IsRefaulted = folio.IsRefaulted,
                IsReading = folio.IsReading,
                IsWriting = folio.IsWriting,
                IsReadaheadMark = folio.IsReadaheadMark && index == 0,
            };
            cached.Add(pieces[index]);
        }
        if (folio.IsInFlight) parts.Requests.Replace(folio, pieces);
        folio.WakeAll();
        return pieces;
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
        for (ulong* entry = parts.ReverseMap.First(_frames[frame.Value], out int next); entry != null; entry = parts.ReverseMap.Next(ref next))
        {
            if (LeafTables.HeaderOf(entry).AddressSpace != mm.Index) return false;
        }
        return true;
    }

    /// <summary>Takes a folio out of its file. Where a device is at work on it its frames are free when that is over.</summary>
    private void Free(Folio folio, ICharge payer)
    {
        folio.File.Cache.Remove(folio);
        if (folio.IsLeaving || folio.IsInFlight) folio.IsGone = true;
        if (folio.IsLeaving) return;
        foreach (FrameNumber frame in folio.Frames)
        {
            UnmapAll(ref _frames[frame.Value], payer);
            Writeback.ClearDirty(ref _frames[frame.Value]);
            if (folio.IsInFlight) parts.Domains.Of(frame).OnFree(frame);
            else FreeFrame(frame, payer);
        }
    }

    private void FreeFrame(FrameNumber frame, ICharge payer)
    {
        payer.Charge(Cost.FrameFree);
        parts.Domains.Of(frame).OnFree(frame);
        parts.Allocator.Free(frame, 0, payer.Cpu);
    }
}
