using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Physical.Vmalloc;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// What kernel steps of programs have allocated, each under a number that is never used again. The oldest of the reclaimable go when memory is
/// short, as a shrinker would give them up.
/// </summary>
internal sealed class KernelHoldings(KernelObjects objects, VmallocSpace vmalloc)
{
    private const AllocationFlags Movable = AllocationFlags.HugePage;
    private readonly Dictionary<long, Holding> _holdings = [];
    private readonly Queue<long> _reclaimable = new();
    private long _last;
    private long _frames;
    private bool _isAtPeak;

    /// <summary>Bytes that are held now.</summary>
    public long AskedBytes { get; private set; }

    /// <summary>Most bytes ever held at once.</summary>
    public long PeakAskedBytes { get; private set; }

    /// <summary>What those took of memory: slabs of kmalloc, frames, areas.</summary>
    public long TakenAtPeakBytes { get; private set; }

    /// <summary>Allocates for a process, and returns the number, or an error negated.</summary>
    public long Allocate(KernelRequest request, long bytes, Process owner, ICharge payer)
    {
        if (TryAllocate(request, bytes, owner, payer) is not { } holding)
        {
            owner.Counters.Add(Counter.KernelAllocationFailures);
            return -(long)AddressSpaces.SystemError.ENOMEM;
        }
        owner.Counters.Add(Counter.KernelAllocations);
        _holdings.Add(++_last, holding);
        if (request == KernelRequest.ReclaimableKmalloc) _reclaimable.Enqueue(_last);
        AskedBytes += holding.Bytes;
        if (AskedBytes > PeakAskedBytes) (PeakAskedBytes, _isAtPeak) = (AskedBytes, true);
        return _last;
    }

    /// <summary>Frees what was allocated under a number; nothing where a shrinker was faster.</summary>
    public void Free(long number, ICharge payer)
    {
        NotePeak();
        if (!_holdings.Remove(number, out Holding? holding)) return;
        AskedBytes -= holding.Bytes;
        if (holding.Cache is { } cache) cache.Free(holding.Address, payer);
        else if (holding.Area is null)
        {
            payer.Charge(Cost.FrameFree);
            objects.Caches.Pages.Free(holding.Address.Frame, holding.Order, payer.Cpu);
            _frames -= 1L << holding.Order;
        }
        else if (holding.Bytes == 0) vmalloc.Unmap(holding.Area, payer);
        else
        {
            vmalloc.Free(holding.Area, payer);
            _frames -= holding.Area.Pages;
        }
    }

    /// <summary>Frees everything that a process holds.</summary>
    public void FreeAll(Process owner, ICharge payer)
    {
        foreach (long number in _holdings.Where(holding => ReferenceEquals(holding.Value.Owner, owner)).Select(holding => holding.Key).Order().ToArray())
            Free(number, payer);
    }

    /// <summary>Gives up the oldest reclaimable objects and the slabs that they leave empty.</summary>
    public void Shrink(int count, ICharge payer)
    {
        while (count > 0 && _reclaimable.TryDequeue(out long oldest))
        {
            if (!_holdings.ContainsKey(oldest)) continue;
            Free(oldest, payer);
            count--;
        }
    }

    /// <summary>The books of a run that ends: what was taken when most was asked for.</summary>
    public void NotePeak()
    {
        if (!_isAtPeak) return;
        _isAtPeak = false;
        long slabs = objects.Caches.All.Where(cache => cache.Spec.Name.StartsWith("kmalloc", StringComparison.Ordinal)).Sum(cache => cache.Frames);
        TakenAtPeakBytes = ByteSize.OfPages(slabs + _frames).Bytes;
    }

    private Holding? TryAllocate(KernelRequest request, long bytes, Process owner, ICharge payer)
    {
        bool isSmall = bytes <= CacheTable.KmallocSizes[^1];
        switch (request)
        {
            case KernelRequest.Kmalloc or KernelRequest.ReclaimableKmalloc when isSmall:
                IObjectCache cache = objects.Caches.Kmalloc((int)bytes, request == KernelRequest.ReclaimableKmalloc);
                return cache.TryAllocate(payer, out KernelAddress address) ? new Holding(owner, bytes) { Cache = cache, Address = address } : null;
            case KernelRequest.Vmalloc:
                if (vmalloc.TryAllocate(bytes, "program", AllocationFlags.Kernel, payer) is not { } area) return null;
                _frames += area.Pages;
                return new Holding(owner, bytes) { Area = area };
            case KernelRequest.MapRam:
                return vmalloc.TryMap((int)new ByteSize(bytes).Pages, payer) is { } mapped ? new Holding(owner, 0) { Area = mapped } : null;
        }
        int order = CacheSpec.OrderOf(bytes);
        AllocationFlags flags = request == KernelRequest.MovablePages ? Movable
            : AllocationFlags.Kernel | (request == KernelRequest.ReclaimableKmalloc ? AllocationFlags.Reclaimable : 0);
        payer.Charge(Cost.FrameAllocate);
        if (!objects.Caches.Pages.TryAllocate(order, FrameKind.Kernel, flags, payer, out FrameNumber frame)) return null;
        _frames += 1L << order;
        return new Holding(owner, bytes) { Address = KernelAddress.In(frame.Value), Order = order };
    }

    private sealed record Holding(Process Owner, long Bytes)
    {
        public IObjectCache? Cache { get; init; }
        public KernelAddress Address { get; init; }
        public int Order { get; init; }
        public VmallocArea? Area { get; init; }
    }
}
