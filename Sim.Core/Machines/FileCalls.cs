using System;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// read, write, fsync, msync, truncate and posix_fadvise of programs. A call that must wait is made again when its task wakes, and goes on where it was.
/// </summary>
internal sealed class FileCalls(MachineFiles files, PageCache cache, TransferTable transfers, AddressSpaceCalls calls, MmList addressSpaces)
{
    private const ulong PageBytes = ByteSize.PageBytes;

    /// <summary>Executes a call of the running task as far as it goes. False when the task has to sleep, and will be woken.</summary>
    /// <param name="task">The task; keeps how far the call has come.</param>
    /// <param name="step">The call.</param>
    /// <param name="payer">Who pays.</param>
    /// <param name="result">Its result, or an error negated.</param>
    public bool TryExecute(SimTask task, in TaskStep step, ICharge payer, out long result)
    {
        result = 0;
        switch (step.Kind)
        {
            case TaskStepKind.FileRead:
                return TryRead(task, step, payer, out result);
            case TaskStepKind.FileWrite:
                return TryWrite(task, step, payer, out result);
            case TaskStepKind.FileSync:
                return TrySynchronise(task, files[(int)step.First], payer);
            case TaskStepKind.Synchronise:
                return TrySynchronise(task, step, payer, out result);
            case TaskStepKind.FileTruncate:
                Truncate(files[(int)step.First], (ulong)step.Second, payer);
                return true;
            case TaskStepKind.FileDrop:
                cache.Drop(files[(int)step.First], payer);
                return true;
            default:
                throw new InvalidOperationException($"a {step.Kind} step is no call on files");
        }
    }

    /// <summary>filemap_read: page by page, with readahead, up to the file's end.</summary>
    private bool TryRead(SimTask task, in TaskStep step, ICharge payer, out long result)
    {
        OpenFile open = files.Open(task.Process, (int)step.First);
        ulong start = (ulong)step.Second, end = ulong.Min(start + (ulong)step.Third, open.Object.Bytes);
        result = start < end ? (long)(end - start) : 0;
        if (start >= end) return true;
        ulong first = start / PageBytes, last = (end - 1) / PageBytes;
        CacheUser user = UserOf(task, payer);
        for (ulong page = first + (ulong)task.CallPosition; page <= last;)
        {
            cache.IsCongested = false;
            ulong reached = cache.Readahead.OnRead(open, page, last + 1, user);
            if (reached == page)
            {
                task.CallWaitedFor = task.CallPosition;
                if (TryWait(task, open.Object.Cache.Find(page))) return false;
                result = SystemError.ENOMEM.AsResult();
                return true;
            }
            // The page that it slept for is told by its insertion.
            for (; page < reached; page++) Copy(open.Object.Cache.Find(page)!.FrameOf(page), task.CallPosition++ == task.CallWaitedFor, user);
        }
        return true;
    }

    /// <summary>
    /// generic_perform_write: each page is found or made, and dirty. What is overwritten whole need not be read; a page of which a part stays is.
    /// </summary>
    private bool TryWrite(SimTask task, in TaskStep step, ICharge payer, out long result)
    {
        OpenFile open = files.Open(task.Process, (int)step.First);
        FileObject file = open.Object;
        ulong start = (ulong)step.Second, end = start + (ulong)step.Third;
        result = step.Third;
        CacheUser user = UserOf(task, payer);
        for (ulong page = start / PageBytes + (ulong)task.CallPosition; page * PageBytes < end; page++, task.CallPosition++)
        {
            Folio? folio = file.Cache.Find(page);
            bool isNew = folio is null;
            if (folio is null)
            {
                bool isWhole = page * PageBytes >= start && ulong.Min((page + 1) * PageBytes, file.Bytes) <= end;
                if (cache.TryAdd(file, page, 0, false, user, isRead: !isWhole && page < file.Pages)) folio = file.Cache.Find(page);
                cache.Submit(payer);
            }
            if (folio is null || folio.MustBeWaitedFor)
            {
                if (TryWait(task, folio)) return false;
                result = SystemError.ENOMEM.AsResult();
                return true;
            }
            file.Bytes = ulong.Max(file.Bytes, ulong.Min(end, (page + 1) * PageBytes));
            cache.Store(folio.FrameOf(page), payer.Now);
            Copy(folio.FrameOf(page), isToldAlready: isNew, user);
            if (!cache.MustWaitForWriteback(folio.FrameOf(page), task, payer.Now)) continue;
            task.CallPosition++;
            return false;
        }
        return true;
    }

    /// <summary>
    /// vfs_fsync_range: what is dirty is written, and all that is being written waited for. What was dirty and still being written from an earlier time takes a
    /// second round.
    /// </summary>
    private bool TrySynchronise(SimTask task, FileObject file, ICharge payer)
    {
        const int begun = 1, last = 2;
        if (task.CallPosition == 0)
        {
            cache.Writeback.Write(file, 0, file.Pages, payer);
            task.CallPosition = cache.Writeback.IsAnyDirty(file) ? begun : last;
        }
        if (task.CallPosition == begun && Writeback.FirstBeingWritten(file, 0, file.Pages) is null)
        {
            cache.Writeback.Write(file, 0, file.Pages, payer);
            task.CallPosition = last;
        }
        return Writeback.FirstBeingWritten(file, 0, file.Pages) is not { } folio || !TryWait(task, folio);
    }

    private bool TrySynchronise(SimTask task, in TaskStep step, ICharge payer, out long result)
    {
        MappingArguments on = step.Mapping;
        result = task.CallPosition++ == 0 ? calls.Synchronise(task.Mm, on.Page << 12, on.Pages << 12, SyncFlags.Sync, payer) : 0;
        if (result < 0) return true;
        for (Vma? vma = task.Mm.Vmas.Find(on.Page); vma is not null && vma.Start < on.Page + on.Pages; vma = vma.Next)
        {
            if (vma.File is not { } file || !vma.Has(VmaFlags.Shared)) continue;
            ulong from = ulong.Max(on.Page, vma.Start), to = ulong.Min(on.Page + on.Pages, vma.End);
            if (Writeback.FirstBeingWritten(file.Object, vma.OffsetOf(from), vma.OffsetOf(to - 1) + 1) is { } folio && TryWait(task, folio)) return false;
        }
        return true;
    }

    /// <summary>truncate_setsize: what lies beyond the new end goes, from every address space; copies that processes made of it go too.</summary>
    private void Truncate(FileObject file, ulong bytes, ICharge payer)
    {
        file.Bytes = bytes;
        cache.Remove(file, file.Pages, ulong.MaxValue, payer);
        foreach (Mm mm in addressSpaces.All())
        {
            for (Vma? vma = mm.Vmas.First; vma is not null; vma = vma.Next)
            {
                if (ReferenceEquals(vma.File?.Object, file) && vma.OffsetOf(vma.End - 1) >= file.Pages)
                    calls.DiscardBeyond(mm, vma, file.Pages, payer);
            }
        }
    }

    private void Copy(FrameNumber frame, bool isToldAlready, in CacheUser user)
    {
        user.Payer.Charge(Cost.PageCopy);
        if (!isToldAlready) cache.MarkAccessed(frame);
    }

    /// <summary>Puts a task to sleep until a device is done with a folio, or where there is none for want of a frame until some transfer ends. False when none will.</summary>
    private bool TryWait(SimTask task, Folio? folio)
    {
        if (folio is not null) folio.Join(task);
        else if (cache.IsCongested) transfers.JoinAny(task);
        else return false;
        return true;
    }

    private static CacheUser UserOf(SimTask task, ICharge payer) => new(task.Mm.Domain, task.Process.Counters, payer);
}
