using System;
using Sim.Core.AddressSpaces.Merging;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>An address space: mappings, page table, and which CPUs run in it.</summary>
public sealed class Mm
{
    /// <summary>Where the heap begins, as a page number: where Linux puts brk for a program at its default address, without randomisation.</summary>
    public const ulong DefaultHeapStart = 0x5555_5557_b000 >> 12;

    /// <summary>mmap goes downwards from here, as a page number: below the stack's gap on x86-64, without randomisation.</summary>
    public const ulong DefaultMmapBase = 0x7fff_f7ff_f000 >> 12;

    internal Mm(int index, PageTable pageTable, IReclaimDomain domain, AddressSpacePolicies policies, IKernelObjects objects)
    {
        Index = index;
        PageTable = pageTable;
        Domain = domain;
        Vmas = new VmaList(policies.CreateIndex(), objects);
        Merge = policies.CreateMerge();
        Placement = policies.CreatePlacement(index);
    }

    /// <summary>Its number in the machine, never reused while anything refers to it.</summary>
    public int Index { get; }

    /// <summary>Tasks that run in it: mm_users. What is mapped lives as long.</summary>
    public int Users { get; internal set; }

    /// <summary>Who needs it to exist: mm_count. All users together count one, a CPU that has borrowed it counts one.</summary>
    public int Count { get; internal set; }

    /// <summary>Whether everything that fork gives it is there.</summary>
    internal bool IsComplete { get; set; }

    /// <summary>Where its mm_struct lies.</summary>
    internal KernelAddress Address { get; init; }

    /// <summary>Its mappings.</summary>
    public VmaList Vmas { get; }

    /// <summary>Which merges are made.</summary>
    public IVmaMerge Merge { get; }

    /// <summary>Where mappings go that name no place.</summary>
    public IPlacement Placement { get; }

    /// <summary>Its page table.</summary>
    public PageTable PageTable { get; }

    /// <summary>The replacement domain that its pages belong to.</summary>
    public IReclaimDomain Domain { get; }

    /// <summary>Where the heap begins, as a page number: start_brk.</summary>
    public ulong HeapStart { get; internal set; } = DefaultHeapStart;

    /// <summary>The end of the heap as an address, which may lie inside a page: brk.</summary>
    public ulong Break { get; internal set; } = DefaultHeapStart << 12;

    /// <summary>Top-down placement goes downwards from here, as a page number: mmap_base.</summary>
    public ulong MmapBase { get; internal set; } = DefaultMmapBase;

    /// <summary>The address space before it in the machine's list of all.</summary>
    public Mm? Previous { get; internal set; }

    /// <summary>The address space after it in the machine's list of all.</summary>
    public Mm? Next { get; internal set; }

    /// <summary>Mappings: map_count.</summary>
    public int MapCount => Vmas.Count;

    /// <summary>Pages mapped: total_vm.</summary>
    public ulong TotalPages { get; internal set; }

    /// <summary>Pages of locked mappings: locked_vm.</summary>
    public ulong LockedPages { get; internal set; }

    /// <summary>Pages of private writable mappings that are no stack: data_vm.</summary>
    public ulong DataPages { get; internal set; }

    /// <summary>Pages of executable mappings that cannot be written: exec_vm.</summary>
    public ulong ExecutablePages { get; internal set; }

    /// <summary>Pages of stacks: stack_vm.</summary>
    public ulong StackPages { get; internal set; }

    /// <summary>Where the program's code begins and ends, as page numbers.</summary>
    public (ulong Start, ulong End) Code { get; internal set; }

    /// <summary>Where the program's data begins and ends, as page numbers.</summary>
    public (ulong Start, ulong End) Data { get; internal set; }

    /// <summary>Where the main thread's stack began, as a page number.</summary>
    public ulong StackStart { get; internal set; }

    /// <summary>Flags that every new mapping gets: mlockall(MCL_FUTURE).</summary>
    public VmaFlags DefaultFlags { get; internal set; }

    /// <summary>What it may take.</summary>
    public AddressSpaceLimits Limits { get; internal set; } = new();

    /// <summary>Base pages resident: rss.</summary>
    public long ResidentPages { get; internal set; }

    /// <summary>Most base pages ever resident: hiwater_rss.</summary>
    public long PeakResidentPages { get; private set; }

    /// <summary>Huge mappings: the CPUs look for huge translations only where there are some.</summary>
    public int HugeMappings { get; internal set; }

    /// <summary>Raised by every flush; a CPU that comes back to the address space with an older number flushes first.</summary>
    public long TlbGeneration { get; internal set; }

    /// <summary>Bit n is set while CPU n runs in it.</summary>
    public ulong ActiveCpus { get; internal set; }

    /// <summary>Bit n is set while CPU n has it loaded and runs nothing of it: it is idle, or runs a kernel thread.</summary>
    public ulong LazyCpus { get; internal set; }

    /// <summary>Says where the heap begins and ends, both as addresses: a program that was not loaded by <see cref="AddressSpaceCalls.Replace"/> has it elsewhere.</summary>
    public void PlaceHeap(ulong start, ulong end) => (HeapStart, Break) = (start >> 12, end);

    /// <summary>Counts pages that are mapped with some flags from now on (or, negative, no more): vm_stat_account.</summary>
    internal void AddMapped(VmaFlags flags, long pages)
    {
        TotalPages += (ulong)pages;
        if (IsExecutable(flags)) ExecutablePages += (ulong)pages;
        else if ((flags & VmaFlags.GrowsDown) != 0) StackPages += (ulong)pages;
        else if (IsData(flags)) DataPages += (ulong)pages;
    }

    /// <summary>Whether the limits let it map so many pages more: may_expand_vm.</summary>
    internal bool MayExpand(VmaFlags flags, ulong pages) =>
        TotalPages + pages <= (ulong)Limits.AddressSpace.Pages && (!IsData(flags) || DataPages + pages <= (ulong)Limits.Data.Pages);

    /// <summary>Whether the limits let it lock so many pages more, if the flags ask for it: mlock_future_ok.</summary>
    internal bool MayLock(VmaFlags flags, ulong pages) =>
        (flags & VmaFlags.Locked) == 0 || Limits.MayLockAnything || LockedPages + pages <= (ulong)Limits.Locked.Pages;

    private static bool IsExecutable(VmaFlags flags) => (flags & (VmaFlags.Execute | VmaFlags.Write | VmaFlags.GrowsDown)) == VmaFlags.Execute;

    private static bool IsData(VmaFlags flags) => (flags & (VmaFlags.Write | VmaFlags.Shared | VmaFlags.GrowsDown)) == VmaFlags.Write;

    /// <summary>Counts pages that became resident (or, negative, ceased to be).</summary>
    public void AddResident(long pages)
    {
        ResidentPages += pages;
        PeakResidentPages = Math.Max(PeakResidentPages, ResidentPages);
    }
}
