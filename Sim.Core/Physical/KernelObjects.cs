using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical.Slab;
using Sim.Core.Physical.Vmalloc;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// Every kernel object that the model creates, taken from slab caches or, for kinds that are whole frames, from the page allocator.
/// </summary>
public sealed class KernelObjects : IKernelObjects
{
    private const AllocationFlags Flags = AllocationFlags.Kernel | AllocationFlags.Reserves;
    private const int StackBytes = 16 << 10;
    private readonly Dictionary<KernelAddress, VmallocArea> _stacks = [];
    private readonly PageAllocator _pages;
    private readonly FailureInjection? _failure;
    private readonly Kind[] _kinds;
    private long _wholeFrames;

    /// <summary>No objects yet.</summary>
    /// <param name="pages">Where frames come from.</param>
    /// <param name="slab">How caches work; null for SLUB.</param>
    /// <param name="vmalloc">How areas are placed, of which every kernel stack is one; null for first-fit.</param>
    /// <param name="cpus">CPUs of the machine.</param>
    /// <param name="failure">The allocation that is to fail, if one is.</param>
    public KernelObjects(PageAllocator pages, ISlabDesign? slab = null, IVmallocDesign? vmalloc = null, int cpus = 1, FailureInjection? failure = null)
    {
        (_pages, _failure) = (pages, failure);
        Caches = new CacheTable(slab ?? new SlubDesign(), pages, cpus);
        Vmalloc = new VmallocSpace(vmalloc ?? new FirstFitDesign(), Caches);
        _kinds = [.. KernelObjectKind.All.Select(kind => new Kind(kind, kind.Cache is null ? null : Caches.Create(kind.Cache)))];
    }

    /// <summary>The caches that the kinds have, and whatever else was created.</summary>
    public CacheTable Caches { get; }

    /// <summary>The kernel's virtual areas.</summary>
    public VmallocSpace Vmalloc { get; }

    /// <summary>Most memory that all kernel objects together ever took.</summary>
    public ByteSize Peak { get; private set; }

    public bool TryAllocate(KernelObject kind, ICharge payer, out KernelAddress address)
    {
        Kind of = _kinds[(int)kind];
        address = default;
        if (_failure is not null && _failure.Fails()) return false;
        if (of.Cache is { } cache)
        {
            long before = cache.Frames;
            if (!cache.TryAllocate(payer, out address)) return false;
            if (cache.Frames != before) NotePeak(of);
        }
        else if (kind == KernelObject.KernelStack)
        {
            if (Vmalloc.TryAllocate(StackBytes, "kernel_clone", Flags, payer) is not { } area) return false;
            address = new KernelAddress(area.Address);
            _stacks.Add(address, area);
            _wholeFrames += area.Pages;
        }
        else
        {
            int order = of.Made.FrameOrder;
            if (!_pages.TryAllocate(order, FrameKindOf(kind), Flags, payer, out FrameNumber frame)) return false;
            payer.Charge(kind == KernelObject.PageTable ? Cost.TableAllocate : Cost.ObjectAllocate);
            address = KernelAddress.In(frame.Value);
            _wholeFrames += 1 << order;
        }
        of.Live++;
        if (of.Cache is null) NotePeak(of);
        return true;
    }

    public void Free(KernelObject kind, ICharge payer, KernelAddress address)
    {
        Kind of = _kinds[(int)kind];
        if (of.Live == 0) throw new InvalidOperationException($"a {kind} is freed that was never allocated");
        of.Live--;
        if (of.Cache is { } cache)
        {
            cache.Free(address, payer);
            return;
        }
        if (kind == KernelObject.KernelStack)
        {
            if (!_stacks.Remove(address, out VmallocArea? area)) throw new InvalidOperationException($"{address} is freed, which is no kernel stack");
            Vmalloc.Free(area, payer);
            _wholeFrames -= area.Pages;
            return;
        }
        payer.Charge(kind == KernelObject.PageTable ? Cost.TableFree : Cost.ObjectFree);
        _pages.Free(address.Frame, of.Made.FrameOrder, payer.Cpu);
        _wholeFrames -= 1 << of.Made.FrameOrder;
    }

    public long CountOf(KernelObject kind) => _kinds[(int)kind].Live;

    public ByteSize BytesOf(KernelObject kind) => ByteSize.OfPages(_kinds[(int)kind].Frames);

    /// <summary>Most memory that the objects of a kind ever took.</summary>
    public ByteSize PeakOf(KernelObject kind) => ByteSize.OfPages(_kinds[(int)kind].PeakFrames);

    /// <summary>Frames of all kernel objects.</summary>
    public long Frames => _wholeFrames + Caches.Frames + Vmalloc.TableFrames;

    /// <summary>Checks the books of the caches against those of the kinds.</summary>
    public void CheckInvariants()
    {
        Caches.CheckInvariants();
        foreach (Kind kind in _kinds.Where(kind => kind.Cache is not null))
        {
            if (kind.Cache!.ActiveObjects < kind.Live)
                throw new InvalidOperationException($"{kind.Live} objects of kind {kind.Made.Kind} live in a cache with {kind.Cache.ActiveObjects}");
        }
    }

    private void NotePeak(Kind kind)
    {
        kind.PeakFrames = Math.Max(kind.PeakFrames, kind.Frames);
        if (ByteSize.OfPages(Frames) is var all && all.Bytes > Peak.Bytes) Peak = all;
    }

    private static FrameKind FrameKindOf(KernelObject kind) => kind == KernelObject.PageTable ? FrameKind.PageTable : FrameKind.Kernel;

    private sealed class Kind(KernelObjectKind made, IObjectCache? cache)
    {
        public KernelObjectKind Made { get; } = made;
        public IObjectCache? Cache { get; } = cache;
        public long Live { get; set; }
        public long PeakFrames { get; set; }

        public long Frames => Cache?.Frames ?? Live << Made.FrameOrder;
    }
}
