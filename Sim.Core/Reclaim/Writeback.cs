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
/// Pages that hold what their file does not: since when a file has some, and how they are written back. A page that is written becomes clean and read-only
/// first (folio_mkclean), so that the kernel hears of the next store to it, which may come while it is still being written.
/// </summary>
public sealed unsafe class Writeback(PageCache cache, PageCacheParts parts)
{
    /// <summary>The most of a file that is written before others get a turn: MIN_WRITEBACK_PAGES.</summary>
    private const ulong ChunkPages = 1024;

    /// <summary>Pages that hold what their file does not: NR_FILE_DIRTY.</summary>
    public long Dirty { get; private set; }

    /// <summary>Pages that a device is just writing: NR_WRITEBACK.</summary>
    public long BeingWritten => Leaving + parts.Requests.PagesBeingWritten;

    /// <summary>Of these, pages whose frames then go to others.</summary>
    internal long Leaving { get; set; }

    /// <summary>Whether any page of a folio holds what its file does not yet. One that is leaving has been handed to the device.</summary>
    public bool IsDirty(Folio folio) => !folio.IsLeaving && folio.Frames.Any(frame => (parts.Frames[frame.Value].Flags & FrameFlags.Dirty) != 0);

    /// <summary>Whether some of a file is dirty.</summary>
    public bool IsAnyDirty(FileObject file) => file.DirtySince != SimTime.Never && file.Cache.In(0, file.Pages).Exists(IsDirty);

    /// <summary>The first folio of a range that a device is just writing, or null.</summary>
    public static Folio? FirstBeingWritten(FileObject file, ulong start, ulong end) => file.Cache.In(start, end).Find(folio => folio.IsWriting || folio.IsLeaving);

    /// <summary>
    /// Begins to write the dirty folios of [start, end) back, those apart that are still being written from an earlier time. False when there were none.
    /// </summary>
    public bool Write(FileObject file, ulong start, ulong end, ICharge payer)
    {
        if (file.Kind != FileKind.Disk || !cache.Holds(file)) return false;
        bool wrote = Begin(file, start, end, payer, out bool isAnyLeft);
        if (start == 0 && end >= file.Pages) file.DirtySince = isAnyLeft ? payer.Now : SimTime.Never;
        return wrote;
    }

    /// <summary>
    /// Begins to write the next dirty folios of a file, from where it came to last time. False when there are none up to the file's end; from there it is only
    /// as long dirty as what has become so again behind it.
    /// </summary>
    internal bool WriteOn(FileObject file, ICharge payer)
    {
        bool wrote = false;
        while (!wrote && file.WritebackIndex < file.Pages)
        {
            wrote = Begin(file, file.WritebackIndex, file.WritebackIndex + ChunkPages, payer, out _);
            file.WritebackIndex += ChunkPages;
        }
        if (file.WritebackIndex < file.Pages) return wrote;
        file.WritebackIndex = 0;
        file.DirtySince = IsAnyDirty(file) ? payer.Now : SimTime.Never;
        return wrote;
    }

    private bool Begin(FileObject file, ulong start, ulong end, ICharge payer, out bool isAnyLeft)
    {
        bool wrote = isAnyLeft = false;
        foreach (Folio folio in file.Cache.In(start, end).Where(IsDirty))
        {
            if (folio.IsWriting)
            {
                isAnyLeft = true;
                continue;
            }
            wrote = true;
            payer.Charge(Cost.PageWriteBack, folio.Pages);
            foreach (FrameNumber number in folio.Frames) Clean(number, payer);
            parts.Requests.Gather(folio, isWrite: true, payer);
        }
        parts.Requests.Submit(payer);
        return wrote;
    }

    /// <summary>A page holds what its file does not. False where it did before.</summary>
    internal bool TryMarkDirty(ref Frame frame)
    {
        if ((frame.Flags & FrameFlags.Dirty) != 0) return false;
        frame.Flags |= FrameFlags.Dirty;
        if ((frame.Flags & FrameFlags.Memory) == 0) Dirty++;
        return true;
    }

    /// <summary>What a page holds is on its way to its file, or there is no page any more.</summary>
    internal void ClearDirty(ref Frame frame)
    {
        if ((frame.Flags & (FrameFlags.Dirty | FrameFlags.Memory)) == FrameFlags.Dirty) Dirty--;
        frame.Flags &= ~FrameFlags.Dirty;
    }

    /// <summary>A page of a file has become dirty.</summary>
    internal void OnDirtied(FileObject file, SimTime now)
    {
        parts.Counters.Add(Counter.NrDirtied);
        if (file.DirtySince != SimTime.Never) return;
        file.DirtySince = now;
        parts.Events?.OnFirstDirty(now);
    }

    private void Clean(FrameNumber number, ICharge payer)
    {
        ref Frame frame = ref parts.Frames[number.Value];
        parts.Contents?.OnFileWrite(number, frame.Identity);
        ClearDirty(ref frame);
        parts.FolioBits[number.Value] &= unchecked((byte)~FolioBits.Dirty);
        for (ulong* entry = parts.ReverseMap.First(frame, out int next); entry != null; entry = parts.ReverseMap.Next(ref next))
        {
            ulong value = *entry;
            if ((value & (PageTableEntry.Dirty | PageTableEntry.Writable)) == 0) continue;
            payer.Charge(Cost.EntryProtect);
            PageTable.Set(entry, value & ~(PageTableEntry.Dirty | PageTableEntry.Writable));
            parts.Owners.Flush(entry, parts.Tlbs, payer);
        }
    }
}
