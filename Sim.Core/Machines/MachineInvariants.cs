using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Physical;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What must hold between any two steps of a machine.</summary>
internal static unsafe class MachineInvariants
{
    /// <summary>Throws with values where something does not hold.</summary>
    /// <param name="parts">Memory and domains.</param>
    /// <param name="cpus">The CPUs.</param>
    /// <param name="processes">The processes.</param>
    /// <param name="tasks">All tasks, dead ones too.</param>
    /// <param name="addressSpaces">Their address spaces.</param>
    /// <param name="tlbsAreQuiet">Whether no shootdown is on its way, so that a TLB may hold nothing that the page table does not.</param>
    public static void Check(MachineParts parts, Cpu[] cpus, ProcessTable processes, IReadOnlyList<SimTask> tasks, MmTable addressSpaces, bool tlbsAreQuiet)
    {
        parts.Allocator.CheckInvariants();
        parts.Objects.CheckInvariants();
        parts.Objects.Vmalloc.CheckInvariants();
        foreach (IReclaimDomain domain in parts.Domains.Frames.All) domain.CheckInvariants();
        foreach (Mm mm in addressSpaces.Live.All()) CheckAddressSpace(parts, mm);
        long dirty = (parts.Cache?.Files ?? []).Sum(file => CheckFile(parts, file));
        if (parts.Cache is { } cache && cache.Writeback.Dirty != dirty) throw new InvalidOperationException($"{dirty} pages of files are dirty, {cache.Writeback.Dirty} counted");
        CheckReferences(cpus, tasks, addressSpaces.Live);
        if (addressSpaces.Unfinished == 0) SharingInvariants.Check(parts, addressSpaces);
        // Threads that exec has yet to end are still in the address space that their process has left.
        int inUse = tasks.Where(task => task is { IsKernelThread: false, State: not TaskState.Dead }).Select(task => task.Mm).Distinct().Count();
        if (addressSpaces.Live.Count != inUse) throw new InvalidOperationException($"{addressSpaces.Live.Count} address spaces, of which tasks have {inUse}");
        int waiting = tasks.Count(task => task.State == TaskState.Runnable), coming = cpus.Count(cpu => cpu is { Stop: StopReason.Idle, IsBeingWoken: true });
        foreach (Cpu cpu in cpus)
        {
            if (cpu.SpentInAll != cpu.Now) throw new InvalidOperationException($"CPU {cpu.Number} accounts for {cpu.SpentInAll} of {cpu.Now}");
            if (waiting > coming && cpu is { Stop: StopReason.Idle, IsBeingWoken: false }) throw new InvalidOperationException($"CPU {cpu.Number} is idle while {waiting} tasks wait");
            if (tlbsAreQuiet) CheckTlb(cpu, processes);
        }
    }

    /// <summary>mm_users is the number of tasks, mm_count one for all of them and one for each CPU that has borrowed it.</summary>
    private static void CheckReferences(Cpu[] cpus, IReadOnlyList<SimTask> tasks, MmList addressSpaces)
    {
        ILookup<Mm, SimTask> users = tasks.Where(task => task is { IsKernelThread: false, State: not TaskState.Dead }).ToLookup(task => task.Mm);
        ILookup<Mm, Cpu> borrowers = cpus.Where(cpu => cpu.IsBorrower).ToLookup(cpu => cpu.ActiveMm!);
        foreach (Mm mm in addressSpaces.All().Union(borrowers.Select(group => group.Key)))
        {
            int running = users[mm].Count(), needed = (running > 0 ? 1 : 0) + borrowers[mm].Count();
            if (mm.Users != running || mm.Count != needed)
                throw new InvalidOperationException($"address space {mm.Index} says {mm.Users} users and {mm.Count} references, there are {running} and {needed}");
        }
    }

    private static void CheckAddressSpace(MachineParts parts, Mm mm)
    {
        mm.Vmas.CheckInvariants();
        long mapped = 0;
        ulong page = 0;
        Vma? vma = mm.Vmas.First;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, PageTable.PageLimit); entry != null;
            page++, entry = mm.PageTable.NextUsed(ref page, PageTable.PageLimit))
        {
            while (vma?.End <= page) vma = vma.Next;
            if (vma is null || vma.Start > page) throw new InvalidOperationException($"page {page:x} has an entry and no mapping");
            if (PageTableEntry.IsSwapped(*entry)) CheckSwapCache(parts, PageTableEntry.IndexOf(*entry));
            if (!PageTableEntry.HasFrame(*entry) || PageTableEntry.IsZeroPage(*entry)) continue;
            mapped++;
            FrameNumber number = PageTableEntry.FrameOf(*entry);
            ref Frame frame = ref parts.Frames[number.Value];
            if (frame.Kind is not (FrameKind.Anonymous or FrameKind.PageCache)) throw new InvalidOperationException($"page {page:x} maps frame {number}, which is {frame.Kind}");
            if ((*entry & PageTableEntry.Dirty) != 0 && (parts.FolioBits[number.Value] & FolioBits.Dirty) == 0)
                throw new InvalidOperationException($"page {page:x} is dirty in its entry and not in the bits of frame {number}");
            if (frame.Kind == FrameKind.PageCache && frame.Identity != PageIdentity.OfFile(vma.File!.Object.Number, vma.OffsetOf(page)))
                throw new InvalidOperationException($"page {page:x} maps frame {number}, which holds {frame.Identity} and not page {vma.OffsetOf(page)} of {vma.File.Object.Name}");
            if (frame.Kind == FrameKind.PageCache && (frame.Flags & FrameFlags.Memory) == 0 && (*entry & PageTableEntry.Writable) != 0 && !parts.Cache!.Writeback.IsDirty(parts.Cache.FolioOf(frame)))
                throw new InvalidOperationException($"page {page:x} may be stored to without a fault, and frame {number} of a file counts as clean");
            if (!parts.ReverseMap.Maps(frame, entry)) throw new InvalidOperationException($"frame {number} is mapped at page {page:x}, which its reverse map does not say");
        }
        foreach (Vma huge in mm.Vmas.All().Where(vma => vma.PageSize != PageSize.Base))
        {
            for (ulong head = huge.Start; head < huge.End; head += LeafTables.Entries)
            {
                if (mm.PageTable.FindHuge(head) != null) mapped += LeafTables.Entries;
            }
        }
        if (mapped != mm.ResidentPages) throw new InvalidOperationException($"{mapped} pages are mapped, {mm.ResidentPages} counted as resident");
    }

    private static void CheckSwapCache(MachineParts parts, int slot)
    {
        if (parts.SwapCache?.TryFind(slot, out FrameNumber number) != true) return;
        ref Frame frame = ref parts.Frames[number.Value];
        if (frame.Kind != FrameKind.Anonymous || frame.SwapSlot != slot || frame.ReverseMap != 0)
            throw new InvalidOperationException($"slot {slot} was read ahead into frame {number}, which is {frame.Kind}, of slot {frame.SwapSlot}, and mapped {parts.ReverseMap.CountOf(frame)} times");
    }

    /// <summary>Returns its dirty pages.</summary>
    private static long CheckFile(MachineParts parts, FileObject file)
    {
        long cached = 0, dirty = 0;
        foreach (Folio folio in file.Cache.In(0, ulong.MaxValue))
        {
            cached += folio.Pages;
            if (folio.IsLeaving) continue;
            for (ulong page = folio.Start; page < folio.End; page++)
            {
                ref Frame frame = ref parts.Frames[folio.FrameOf(page).Value];
                if (frame.Kind != FrameKind.PageCache || frame.Identity != PageIdentity.OfFile(file.Number, page))
                    throw new InvalidOperationException($"page {page} of {file.Name} lies in frame {folio.FrameOf(page)}, which is {frame.Kind} and holds {frame.Identity}");
                if ((frame.Flags & FrameFlags.InTransit) != 0 != folio.IsInFlight)
                    throw new InvalidOperationException($"page {page} of {file.Name}: frame and folio differ on whether a device is at work on it");
                if ((frame.Flags & (FrameFlags.Dirty | FrameFlags.Memory)) != FrameFlags.Dirty) continue;
                dirty++;
                if (file.DirtySince == SimTime.Never)
                    throw new InvalidOperationException($"page {page} of {file.Name} is dirty, and nobody will write it");
            }
        }
        if (cached != file.Cache.Count) throw new InvalidOperationException($"{file.Name} counts {file.Cache.Count} pages in memory, there are {cached}");
        return dirty;
    }

    private static void CheckTlb(Cpu cpu, ProcessTable processes)
    {
        foreach (Process process in processes)
        {
            if (process.Mm is not { } mm || !cpu.HoldsCurrent(mm, out int asid)) continue;
            foreach (ulong translation in cpu.Tlb.Entries().Where(entry => TlbEntry.AsidOf(entry) == asid))
            {
                ulong page = TlbEntry.PageOf(translation);
                ulong* entry = TlbEntry.SizeOf(translation) == PageSize.Base ? mm.PageTable.Find(page) : mm.PageTable.FindHuge(page);
                ulong needed = PageTableEntry.Present
                    | ((translation & TlbEntry.StoreAllowed) != 0 ? PageTableEntry.Writable | PageTableEntry.Dirty : 0);
                if (entry == null || (*entry & needed) != needed)
                    throw new InvalidOperationException($"CPU {cpu.Number} holds a translation of page {page:x} that the page table does not");
            }
        }
    }
}
