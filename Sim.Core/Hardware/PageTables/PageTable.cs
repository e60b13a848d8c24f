using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Hardware.PageTables;

/// <summary>
/// The page table of one address space: radix-4 of x86-64, 48-bit addresses.
/// <code>
///   47        39 38        30 29        21 20        12
///   | PGD     9 | PUD      9 | PMD      9 | PTE      9 |     tables of 512 entries, one frame each
///     `------- directory ---'   middle       leaf            what the host keeps: 2^18 pointers, 512 pointers, 512 entries
/// </code>
/// The host walks three steps; the model counts and charges four, and each of its tables takes a frame.
/// A middle entry with its lowest bit set is a 2 MiB leaf.
/// </summary>
public sealed unsafe class PageTable
{
    /// <summary>Levels that a walk reads, leaf included.</summary>
    public const int Levels = 4;

    /// <summary>Pages below this have a table.</summary>
    public const ulong PageLimit = 1UL << 36;

    private const int MiddleEntries = UpperTables.MiddleEntries;
    private const int LeafShift = UpperTables.LeafShift;
    private const int MiddleShift = UpperTables.MiddleShift;
    private const int UpperShift = UpperTables.UpperShift;
    private readonly LeafTables _leaves;
    private readonly IKernelObjects _objects;
    private readonly UpperTables _tables;
    private readonly FrameArray<nint> _directory; // that of _tables, one step nearer for Find
    private KernelAddress _root;

    private PageTable(int addressSpace, LeafTables leaves, IKernelObjects objects)
    {
        AddressSpace = addressSpace;
        _leaves = leaves;
        _objects = objects;
        _tables = new UpperTables(objects);
        _directory = _tables.Directory;
    }

    /// <summary>The index of the address space.</summary>
    public int AddressSpace { get; }

    /// <summary>Page-table pages below the root: VmPTE counts these.</summary>
    public long TablePages => _tables.Pages;

    /// <summary>Most of them at any time.</summary>
    public long PeakTablePages => _tables.PeakPages;

    /// <summary>Leaf tables that fork shared with another address space and that this one has not made its own since. They count among <see cref="TablePages"/>.</summary>
    public int ParkedLeaves { get; private set; }

    /// <summary>An empty table, its root allocated; null when no frame could be had.</summary>
    public static PageTable? TryCreate(int addressSpace, LeafTables leaves, IKernelObjects objects, ICharge payer)
    {
        var table = new PageTable(addressSpace, leaves, objects);
        return objects.TryAllocate(KernelObject.PageTable, payer, out table._root) ? table : null;
    }

    /// <summary>The entry of a page, or null when its leaf does not exist (or a huge page is there).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong* Find(ulong page)
    {
        if (page >= PageLimit) return null;
        nint middle = _directory.Pointer[page >> 18];
        if (middle == 0) return null;
        ulong leaf = ((ulong*)middle)[page >> 9 & (MiddleEntries - 1)];
        return (leaf & PageTableEntry.Present) != 0 || leaf == 0 ? null : (ulong*)leaf + (page & (LeafTables.Entries - 1));
    }

    /// <summary>The directory, for loops that walk inline: Directory[page >> 18] points to 512 middle entries.</summary>
    internal nint* Directory => _directory.Pointer;

    /// <summary>The 2 MiB leaf that covers a page, or null.</summary>
    public ulong* FindHuge(ulong page)
    {
        if (page >= PageLimit) return null;
        ulong* entry = _tables.Find(page);
        return entry != null && (*entry & PageTableEntry.Present) != 0 ? entry : null;
    }

    /// <summary>The entry of a page, its tables made as needed; null when a frame for one of them could not be had.</summary>
    public ulong* Make(ulong page, ICharge payer)
    {
        ulong* found = Find(page);
        if (found != null) return found;
        if (_tables.Make(page, payer) == null || !_objects.TryAllocate(KernelObject.PageTable, payer, out KernelAddress table)) return null;
        ulong* leaf = _leaves.Take(AddressSpace, page & ~(ulong)(LeafTables.Entries - 1), table.Frame);
        _tables.Hook(page, leaf);
        return leaf + (page & (LeafTables.Entries - 1));
    }

    /// <summary>Makes the tables for a 2 MiB leaf and returns its entry; null when a frame could not be had or base pages are mapped there.</summary>
    public ulong* MakeHuge(ulong page, ICharge payer)
    {
        ulong* entry = _tables.Make(page, payer);
        return entry != null && (*entry == 0 || (*entry & PageTableEntry.Present) != 0) ? entry : null;
    }

    /// <summary>The first entry in [page, end) that is not empty, base pages only; null when there is none. <paramref name="page"/> becomes its page.</summary>
    public ulong* NextUsed(ref ulong page, ulong end)
    {
        while (page < end)
        {
            nint middle = _directory.Pointer[page >> 18];
            if (middle == 0)
            {
                page = (page >> 18) + 1 << 18;
                continue;
            }
            ulong leaf = ((ulong*)middle)[page >> 9 & (MiddleEntries - 1)];
            ulong endOfLeaf = (page >> 9) + 1 << 9;
            if (leaf != 0 && (leaf & PageTableEntry.Present) == 0)
            {
                for (; page < endOfLeaf && page < end; page++)
                {
                    ulong* entry = (ulong*)leaf + (page & (LeafTables.Entries - 1));
                    if (*entry != 0) return entry;
                }
            }
            page = endOfLeaf;
        }
        return null;
    }

    /// <summary>The one place where the kernel writes a leaf entry: keeps the count of entries in use.</summary>
    public static void Set(ulong* entry, ulong value)
    {
        if ((*entry != 0) != (value != 0)) LeafTables.HeaderOf(entry).Used += value != 0 ? 1 : -1;
        *entry = value;
    }

    /// <summary>The same where neither the old value nor the new one is empty: the old one need not be read, which for an evicted page is a miss of the host's cache.</summary>
    public static void Replace(ulong* entry, ulong value)
    {
        Debug.Assert(*entry != 0 && value != 0, "an entry is replaced that is empty before or after");
        *entry = value;
    }

    /// <summary>The same for a 2 MiB leaf.</summary>
    public void SetHuge(ulong page, ulong* entry, ulong value) => _tables.SetHuge(page, entry, value);

    /// <summary>
    /// Frees the tables that cover a range which has just been unmapped: free_pgtables. A table goes when nothing else may come to lie in it: when all that
    /// it covers lies between the mappings on both sides. Returns whether any went: who flushes must then reach every processor that might walk them.
    /// </summary>
    /// <param name="firstPage">Where the range begins.</param>
    /// <param name="endPage">Where it ends.</param>
    /// <param name="floor">Where the mapping below ends, or 0.</param>
    /// <param name="ceiling">Where the mapping above begins, or the end of all.</param>
    /// <param name="payer">Who pays.</param>
    public bool FreeTables(ulong firstPage, ulong endPage, ulong floor, ulong ceiling, ICharge payer)
    {
        long before = TablePages;
        for (ulong region = firstPage >> MiddleShift; region <= endPage - 1 >> MiddleShift; region++)
        {
            if (_directory.Pointer[region] == 0) continue;
            ulong from = Math.Max(firstPage, region << MiddleShift) >> LeafShift;
            ulong to = Math.Min(endPage - 1, (region + 1 << MiddleShift) - 1) >> LeafShift;
            for (ulong slot = from; slot <= to; slot++)
            {
                if (IsInside(slot, LeafShift)) FreeLeafIfEmpty(slot << LeafShift, payer);
            }
            if (IsInside(region, MiddleShift)) _tables.FreeMiddleIfEmpty(region, payer);
        }
        for (ulong upper = firstPage >> UpperShift; upper <= endPage - 1 >> UpperShift; upper++)
        {
            if (IsInside(upper, UpperShift)) _tables.FreeUpperIfEmpty(upper, payer);
        }
        return TablePages < before;

        bool IsInside(ulong index, int shift) => index << shift >= floor && index + 1 << shift <= ceiling;
    }

    /// <summary>Frees the leaf tables that a range covers whole and that hold no entry any more: what CONFIG_PT_RECLAIM does after madvise(MADV_DONTNEED). Returns whether any went.</summary>
    public bool FreeEmptyLeaves(ulong firstPage, ulong endPage, ICharge payer)
    {
        long before = TablePages;
        for (ulong slot = firstPage + (LeafTables.Entries - 1) >> LeafShift; slot < endPage >> LeafShift; slot++)
        {
            FreeLeafIfEmpty(slot << LeafShift, payer);
        }
        return TablePages < before;
    }

    /// <summary>The leaf table of a page, or null.</summary>
    public ulong* LeafOf(ulong page) => Find(page & ~(ulong)(LeafTables.Entries - 1));

    /// <summary>The parked leaf at or above a page and below <paramref name="end"/>, or null when there is none. <paramref name="page"/> becomes its first page.</summary>
    public ulong* NextParked(ref ulong page, ulong end)
    {
        if (ParkedLeaves == 0) return null;
        for (page &= ~(ulong)(LeafTables.Entries - 1); page < end;)
        {
            if (_directory.Pointer[page >> MiddleShift] == 0)
            {
                page = (page >> MiddleShift) + 1 << MiddleShift;
                continue;
            }
            ulong* leaf = Find(page);
            if (leaf != null && LeafTables.HeaderOf(leaf).IsParked) return leaf;
            page += LeafTables.Entries;
        }
        return null;
    }

    /// <summary>
    /// Takes a part in the leaf that another address space has for a page, where this one has none: on-demand fork. The leaf's entries are parked from now
    /// on, here and there. False when a frame for a table above it was wanting.
    /// </summary>
    public bool TryShareLeaf(PageTable other, ulong page, ICharge payer)
    {
        ulong* leaf = other.LeafOf(page);
        if (_tables.Make(page, payer) == null) return false;
        ref LeafHeader header = ref LeafTables.HeaderOf(leaf);
        if (!header.IsParked)
        {
            header.IsParked = true;
            other.ParkedLeaves++;
            Exchange(leaf, PageTableEntry.Writable);
        }
        _leaves.Share(leaf, AddressSpace);
        _tables.Hook(page, leaf);
        ParkedLeaves++;
        return true;
    }

    /// <summary>Makes a parked leaf that nobody else has any more one's own: its entries permit again what they did.</summary>
    public void Unpark(ulong* leaf)
    {
        ref LeafHeader header = ref LeafTables.HeaderOf(leaf);
        Debug.Assert(header is { IsParked: true, Sharers: 0 }, "a leaf is unparked that is not parked, or that others have too");
        header.IsParked = false;
        ParkedLeaves--;
        Exchange(leaf, PageTableEntry.Parked);
    }

    /// <summary>Takes a new leaf, empty, in place of one that is shared; null when a frame for it was wanting. The caller fills it.</summary>
    public ulong* TryReplaceShared(ulong page, ICharge payer)
    {
        ulong* shared = LeafOf(page);
        if (!_objects.TryAllocate(KernelObject.PageTable, payer, out KernelAddress table)) return null;
        Unhook(page, shared);
        ulong* leaf = _leaves.Take(AddressSpace, page & ~(ulong)(LeafTables.Entries - 1), table.Frame);
        _tables.Hook(page, leaf);
        return leaf;
    }

    /// <summary>Gives up the part in a shared leaf, which the others keep.</summary>
    public void LeaveShared(ulong page) => Unhook(page, LeafOf(page));

    /// <summary>Writable becomes parked in a leaf's entries, or parked writable.</summary>
    private static void Exchange(ulong* leaf, ulong present)
    {
        for (int i = 0; i < LeafTables.Entries; i++)
        {
            if (PageTableEntry.HasFrame(leaf[i]) && (leaf[i] & present) != 0) Replace(leaf + i, leaf[i] ^ (PageTableEntry.Writable | PageTableEntry.Parked));
        }
    }

    private void Unhook(ulong page, ulong* shared)
    {
        _tables.Unhook(page);
        ParkedLeaves--;
        _leaves.Leave(shared, AddressSpace);
    }

    /// <summary>The first leaf table at or above a page and below <paramref name="end"/>, or null. <paramref name="page"/> becomes the first page of both.</summary>
    public ulong* NextLeaf(ref ulong page, ulong end)
    {
        while (page < end)
        {
            nint middle = _directory.Pointer[page >> MiddleShift];
            if (middle == 0)
            {
                page = (page >> MiddleShift) + 1 << MiddleShift;
                continue;
            }
            ulong leaf = ((ulong*)middle)[page >> LeafShift & (MiddleEntries - 1)];
            if (leaf != 0 && (leaf & PageTableEntry.Present) == 0) return (ulong*)leaf;
            page = (page >> LeafShift) + 1 << LeafShift;
        }
        return null;
    }

    /// <summary>Makes the tables above the leaves that another address space has in a range: copy_page_range takes one for each, whatever it holds. False when a frame was wanting.</summary>
    public bool TryMakeMiddlesOf(PageTable other, ulong firstPage, ulong endPage, ICharge payer)
    {
        for (ulong page = firstPage; page < endPage;)
        {
            if (other._tables.Find(page) != null && _tables.Make(page, payer) == null) return false;
            page = (page >> MiddleShift) + 1 << MiddleShift;
        }
        return true;
    }

    /// <summary>Frees the root. The address space has no mapping left.</summary>
    public void Destroy(ICharge payer)
    {
        if (TablePages != 0) throw new InvalidOperationException($"address space {AddressSpace} ends with {TablePages} page-table pages");
        _objects.Free(KernelObject.PageTable, payer, _root);
    }

    private void FreeLeafIfEmpty(ulong page, ICharge payer)
    {
        ulong* leaf = LeafOf(page);
        if (leaf == null || LeafTables.HeaderOf(leaf).Used != 0) return;
        if (LeafTables.HeaderOf(leaf).Sharers > 0)
        {
            Unhook(page, leaf);
            return;
        }
        if (LeafTables.HeaderOf(leaf).IsParked) ParkedLeaves--;
        _objects.Free(KernelObject.PageTable, payer, KernelAddress.In(LeafTables.HeaderOf(leaf).Frame.Value));
        _leaves.Return(leaf);
        _tables.Unhook(page);
    }
}
