using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Hardware.PageTables;

/// <summary>
/// The tables of one address space between its root and its leaves, made as something comes to lie below them. Each takes a frame of the kernel's and counts
/// what it holds: an upper table its middle tables, a middle table its leaf tables and 2 MiB leaves. Of an upper table the host keeps that count alone.
/// </summary>
internal sealed unsafe class UpperTables(IKernelObjects objects)
{
    /// <summary>Entries of a middle table.</summary>
    public const int MiddleEntries = 512;

    /// <summary>A page's bits below the number of its leaf table.</summary>
    public const int LeafShift = 9;

    /// <summary>Those below the number of its middle table.</summary>
    public const int MiddleShift = 18;

    /// <summary>Those below the number of its upper table.</summary>
    public const int UpperShift = 27;

    private const int DirectoryEntries = 1 << 18;
    private readonly Dictionary<ulong, MiddleTable> _middles = [];
    private readonly Dictionary<ulong, UpperTable> _uppers = [];

    /// <summary>The address of the middle table's entries for each 2^18 pages, or 0.</summary>
    public FrameArray<nint> Directory { get; } = new(DirectoryEntries);

    /// <summary>Tables below the root, the leaf tables that are hooked in among them.</summary>
    public long Pages
    {
        get;
        private set
        {
            field = value;
            PeakPages = Math.Max(PeakPages, value);
        }
    }

    /// <summary>Most of them at any time.</summary>
    public long PeakPages { get; private set; }

    /// <summary>The middle entry that covers a page, or null where there is no table for it.</summary>
    public ulong* Find(ulong page)
    {
        nint middle = Directory.Pointer[page >> MiddleShift];
        return middle == 0 ? null : (ulong*)middle + (page >> LeafShift & (MiddleEntries - 1));
    }

    /// <summary>The same, its tables made as needed; null when a frame for one of them could not be had.</summary>
    public ulong* Make(ulong page, ICharge payer)
    {
        ulong* found = Find(page);
        if (found != null) return found;
        bool needsUpper = !_uppers.TryGetValue(page >> UpperShift, out UpperTable? upper);
        if (needsUpper)
        {
            if (!objects.TryAllocate(KernelObject.PageTable, payer, out KernelAddress upperAddress)) return null;
            upper = new UpperTable(upperAddress);
        }
        if (!objects.TryAllocate(KernelObject.PageTable, payer, out KernelAddress address))
        {
            if (needsUpper) objects.Free(KernelObject.PageTable, payer, upper!.Address);
            return null;
        }
        if (needsUpper) _uppers.Add(page >> UpperShift, upper!);
        upper!.Used++;
        Pages += needsUpper ? 2 : 1;
        var middle = new MiddleTable(address);
        _middles.Add(page >> MiddleShift, middle);
        Directory[(long)(page >> MiddleShift)] = (nint)middle.Entries.Pointer;
        return Find(page);
    }

    /// <summary>Puts a leaf table where none is.</summary>
    public void Hook(ulong page, ulong* leaf)
    {
        *Find(page) = (ulong)leaf;
        _middles[page >> MiddleShift].Used++;
        Pages++;
    }

    /// <summary>Takes a leaf table out.</summary>
    public void Unhook(ulong page)
    {
        *Find(page) = 0;
        _middles[page >> MiddleShift].Used--;
        Pages--;
    }

    /// <summary>Writes a middle entry that is a 2 MiB leaf, or is to be one, or was one.</summary>
    public void SetHuge(ulong page, ulong* entry, ulong value)
    {
        if ((*entry != 0) != (value != 0)) _middles[page >> MiddleShift].Used += value != 0 ? 1 : -1;
        *entry = value;
    }

    /// <summary>Frees a middle table that has no entry in use.</summary>
    public void FreeMiddleIfEmpty(ulong middle, ICharge payer)
    {
        if (_middles[middle] is not { Used: 0 } table) return;
        Directory[(long)middle] = 0;
        _middles.Remove(middle);
        objects.Free(KernelObject.PageTable, payer, table.Address);
        Pages--;
        _uppers[middle >> UpperShift - MiddleShift].Used--;
    }

    /// <summary>Frees an upper table, if there is one, that has no middle table.</summary>
    public void FreeUpperIfEmpty(ulong upper, ICharge payer)
    {
        if (!_uppers.TryGetValue(upper, out UpperTable? table) || table.Used > 0) return;
        _uppers.Remove(upper);
        objects.Free(KernelObject.PageTable, payer, table.Address);
        Pages--;
    }

    private sealed class MiddleTable(KernelAddress address)
    {
        public readonly FrameArray<ulong> Entries = new(MiddleEntries);
        public readonly KernelAddress Address = address;
        public int Used;
    }

    private sealed class UpperTable(KernelAddress address)
    {
        public readonly KernelAddress Address = address;
        public int Used;
    }
}
