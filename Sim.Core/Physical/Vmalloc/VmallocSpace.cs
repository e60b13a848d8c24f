using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical.Slab;
using Sim.Core.Units;

namespace Sim.Core.Physical.Vmalloc;

/// <summary>
/// The kernel's virtual areas: addresses in a row over frames anywhere.
/// <code>
///   VMALLOC_START                                                                       32 TiB
///   | area | guard | area | guard |  freed, not yet flushed  |  free ...                     |
/// </code>
/// Linux 6.18, mm/vmalloc.c. An area takes its frames one by one, a vmap_area, a vm_struct and an array of page pointers, and page tables for its
/// addresses, which the kernel never gives back. Freed areas wait until 32 MiB a doubling of CPUs are due, and are flushed with one shootdown.
/// <para>Deviations: one space, without the vmap nodes of 6.9; other CPUs take part in the shootdown at no cost of theirs; block areas round up to powers
/// of two as in Linux, and a block too short for a request is not asked again.</para>
/// </summary>
public sealed class VmallocSpace
{
    private const long RangePages = (32L << 40) / ByteSize.PageBytes;
    private const int TablePages = 512;
    private const int LazyBytes = 32 << 20;
    private const int AreaStructBytes = 64;
    private readonly IVmallocDesign _design;
    private readonly CacheTable _caches;
    private readonly IObjectCache _areaCache;
    private readonly FreeRanges _free = new(RangePages);
    private readonly SortedDictionary<long, VmallocArea> _areas = [];
    private readonly List<VmallocArea> _lazy = [];
    private readonly SortedDictionary<long, FrameNumber> _tables = [];
    private readonly CpuBlock?[] _current;
    private readonly SortedDictionary<long, CpuBlock> _blocks = [];

    /// <summary>An empty range.</summary>
    /// <param name="design">How areas are placed and given up.</param>
    /// <param name="caches">Where the kernel's own objects for areas come from, and pages.</param>
    public VmallocSpace(IVmallocDesign design, CacheTable caches)
    {
        (_design, _caches) = (design, caches);
        _areaCache = caches.Create(new CacheSpec("vmap_area", 72));
        _current = new CpuBlock?[caches.Cpus];
    }

    /// <summary>The areas in address order.</summary>
    public IEnumerable<VmallocArea> Areas => _areas.Values;

    /// <summary>Freed areas whose translations may still be in TLBs.</summary>
    public IReadOnlyList<VmallocArea> Unpurged => _lazy;

    /// <summary>Pages of those.</summary>
    public long LazyPages { get; private set; }

    /// <summary>Freed pages above which they are flushed: lazy_max_pages.</summary>
    public long MostLazyPages => _design.PurgesLazily ? (BitOperations.Log2((uint)_caches.Cpus) + 1) * (LazyBytes / ByteSize.PageBytes) : 0;

    /// <summary>Shootdowns of the kernel's range so far.</summary>
    public long Purges { get; private set; }

    /// <summary>Frames under areas.</summary>
    public long MappedFrames { get; private set; }

    /// <summary>Frames of page tables.</summary>
    public long TableFrames => _tables.Count;

    /// <summary>vmalloc: an area with frames of its own. Null when frames or addresses are not to be had, and then nothing but page tables has changed.</summary>
    public VmallocArea? TryAllocate(long bytes, string caller, AllocationFlags flags, ICharge payer)
    {
        long pages = Math.Max(1, (bytes + ByteSize.PageBytes - 1) / ByteSize.PageBytes);
        payer.Charge(Cost.VmallocArea);
        if (TryReserve(pages + (_design.HasGuard ? 1 : 0), payer) is not { } first) return null;
        var metadata = new List<KernelAddress>();
        (FrameNumber, int)? array = null;
        var frames = new FrameNumber[pages];
        int taken = 0;
        if (TryDescribe(pages, metadata, ref array, flags, payer))
        {
            while (taken < pages && _caches.Pages.TryAllocate(0, FrameKind.Vmalloc, flags, payer, out frames[taken])) taken++;
            if (taken == pages && TryPopulate(first, pages, flags, payer))
            {
                payer.Charge(Cost.KernelMap, pages);
                MappedFrames += pages;
                var area = new VmallocArea(first, pages, _design.HasGuard ? 1 : 0, caller) { Frames = frames, Metadata = [.. metadata], LargeArray = array };
                _areas.Add(first, area);
                return area;
            }
        }
        ReleaseFrames(frames.AsSpan(0, taken), payer);
        Forget(metadata, array, pages, payer);
        _free.Return(first, pages + (_design.HasGuard ? 1 : 0));
        return null;
    }

    /// <summary>vfree: the frames are free at once, the addresses when they have been flushed.</summary>
    public void Free(VmallocArea area, ICharge payer)
    {
        if (!_areas.Remove(area.First)) throw new InvalidOperationException($"the area at {area.Address:x} is freed twice");
        payer.Charge(Cost.VmallocArea);
        payer.Charge(Cost.KernelMap, area.Pages);
        MappedFrames -= area.Pages;
        ReleaseFrames(area.Frames, payer);
        Forget(area.Metadata, area.LargeArray, area.Pages, payer);
        BecomeLazy(area, payer);
    }

    /// <summary>vm_map_ram: addresses for frames that somebody else owns. Few pages come from the CPU's block.</summary>
    public VmallocArea? TryMap(int pages, ICharge payer)
    {
        int rounded = (int)BitOperations.RoundUpToPowerOf2((uint)pages);
        long? first = !_design.HasCpuBlocks || rounded > CpuBlock.MostPages ? TryReserve(pages, payer) : TryTakeFromBlock(rounded, payer);
        if (first is not { } start) return null;
        if (!TryPopulate(start, pages, AllocationFlags.Kernel, payer))
        {
            GiveBackAddresses(start, pages, payer);
            return null;
        }
        payer.Charge(Cost.KernelMap, pages);
        var area = new VmallocArea(start, pages, 0, "vm_map_ram");
        _areas.Add(start, area);
        return area;
    }

    /// <summary>vm_unmap_ram.</summary>
    public void Unmap(VmallocArea area, ICharge payer)
    {
        if (!_areas.Remove(area.First)) throw new InvalidOperationException($"the area at {area.Address:x} is unmapped twice");
        payer.Charge(Cost.KernelMap, area.Pages);
        GiveBackAddresses(area.First, area.Pages, payer);
    }

    /// <summary>Flushes what is freed from every TLB, in one go, and makes its addresses free.</summary>
    public void Purge(ICharge payer)
    {
        if (_lazy.Count == 0) return;
        Purges++;
        payer.Charge(Cost.TlbFlushAll);
        if (_caches.Cpus > 1) payer.Charge(Cost.InterruptSend, _caches.Cpus - 1);
        foreach (VmallocArea area in _lazy) _free.Return(area.First, area.Pages + area.Guard);
        _lazy.Clear();
        LazyPages = 0;
    }

    /// <summary>Gives back what a running kernel never does: the page tables of the range.</summary>
    public void FreeTables(ICharge payer)
    {
        foreach (FrameNumber table in _tables.Values) _caches.Pages.Free(table, 0, payer.Cpu);
        _tables.Clear();
    }

    /// <summary>Throws when areas overlap each other, or what is free.</summary>
    public void CheckInvariants()
    {
        var used = _areas.Values.Where(area => BlockOf(area.First) is null).Concat(_lazy).Select(area => (area.First, Pages: area.Pages + area.Guard))
            .Concat(_blocks.Values.Select(block => (block.First, Pages: (long)CpuBlock.BlockPages))).Concat(_free.All).Order();
        long end = 0;
        foreach ((long first, long pages) in used)
        {
            if (first != end) throw new InvalidOperationException($"page {end} of the vmalloc range is {(first > end ? "nobody's" : "in two places")}");
            end = first + pages;
        }
        if (end != RangePages) throw new InvalidOperationException($"the vmalloc range ends at page {end}, not {RangePages}");
    }

    private long? TryReserve(long pages, ICharge payer)
    {
        int index = _design.Choose(_free.All, pages);
        if (index < 0 && _lazy.Count > 0)
        {
            Purge(payer);
            index = _design.Choose(_free.All, pages);
        }
        return index < 0 ? null : _free.Take(index, pages);
    }

    private bool TryDescribe(long pages, List<KernelAddress> metadata, ref (FrameNumber, int)? array, AllocationFlags flags, ICharge payer)
    {
        if (!_areaCache.TryAllocate(payer, out KernelAddress area)) return false;
        metadata.Add(area);
        if (!_caches.Kmalloc(AreaStructBytes).TryAllocate(payer, out KernelAddress structure)) return false;
        metadata.Add(structure);
        long bytes = pages * sizeof(ulong);
        if (bytes <= CacheTable.KmallocSizes[^1])
        {
            if (!_caches.Kmalloc((int)bytes).TryAllocate(payer, out KernelAddress pointers)) return false;
            metadata.Add(pointers);
            return true;
        }
        int order = CacheSpec.OrderOf(bytes);
        if (order > Buddy.BuddyAllocator.MaximumOrder || !_caches.Pages.TryAllocate(order, FrameKind.Kernel, flags, payer, out FrameNumber frame)) return false;
        array = (frame, order);
        return true;
    }

    private void Forget(IReadOnlyList<KernelAddress> metadata, (FrameNumber Frame, int Order)? array, long pages, ICharge payer)
    {
        if (metadata.Count > 0) _areaCache.Free(metadata[0], payer);
        if (metadata.Count > 1) _caches.Kmalloc(AreaStructBytes).Free(metadata[1], payer);
        if (metadata.Count > 2) _caches.Kmalloc((int)(pages * sizeof(ulong))).Free(metadata[2], payer);
        if (array is { } large) _caches.Pages.Free(large.Frame, large.Order, payer.Cpu);
    }

    /// <summary>Page tables of 512 entries, made when an address of theirs is first mapped, and never given back.</summary>
    private bool TryPopulate(long first, long pages, AllocationFlags flags, ICharge payer)
    {
        for (long table = first / TablePages; table <= (first + pages - 1) / TablePages; table++)
        {
            if (_tables.ContainsKey(table)) continue;
            if (!_caches.Pages.TryAllocate(0, FrameKind.PageTable, flags, payer, out FrameNumber frame)) return false;
            payer.Charge(Cost.TableAllocate);
            _tables.Add(table, frame);
        }
        return true;
    }

    private void ReleaseFrames(ReadOnlySpan<FrameNumber> frames, ICharge payer)
    {
        foreach (FrameNumber frame in frames) _caches.Pages.Free(frame, 0, payer.Cpu);
    }

    private void BecomeLazy(VmallocArea area, ICharge payer)
    {
        _lazy.Add(area);
        LazyPages += area.Pages + area.Guard;
        if (LazyPages > MostLazyPages) Purge(payer);
    }

    private long? TryTakeFromBlock(int pages, ICharge payer)
    {
        ref CpuBlock? block = ref _current[payer.Cpu];
        if (block is null || block.Free < pages)
        {
            if (TryReserve(CpuBlock.BlockPages, payer) is not { } first) return null;
            CpuBlock? old = block;
            block = new CpuBlock(first);
            _blocks.Add(first, block);
            if (old is not null)
            {
                old.GiveUpRest();
                if (old.IsSpent) Retire(old, payer);
            }
        }
        return block.Take(pages);
    }

    private void GiveBackAddresses(long first, long pages, ICharge payer)
    {
        if (BlockOf(first) is not { } block)
        {
            BecomeLazy(new VmallocArea(first, pages, 0, ""), payer);
            return;
        }
        block.Return((int)BitOperations.RoundUpToPowerOf2((uint)pages));
        if (block.IsSpent) Retire(block, payer);
    }

    private void Retire(CpuBlock block, ICharge payer)
    {
        _blocks.Remove(block.First);
        for (int cpu = 0; cpu < _current.Length; cpu++)
        {
            if (ReferenceEquals(_current[cpu], block)) _current[cpu] = null;
        }
        BecomeLazy(new VmallocArea(block.First, CpuBlock.BlockPages, 0, ""), payer);
    }

    /// <summary>The CPU's block that a page lies in. Blocks are few, and whole.</summary>
    private CpuBlock? BlockOf(long page)
    {
        foreach (CpuBlock block in _blocks.Values)
        {
            if (page >= block.First && page < block.First + CpuBlock.BlockPages) return block;
        }
        return null;
    }
}
