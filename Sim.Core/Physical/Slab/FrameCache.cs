using System;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Physical.Slab;

/// <summary>No slabs: every object is a block of frames of its own.</summary>
public sealed class FrameCache : IObjectCache
{
    private readonly PageAllocator _pages;

    /// <summary>An empty cache.</summary>
    public FrameCache(CacheSpec spec, PageAllocator pages)
    {
        (Spec, _pages) = (spec, pages);
        Shape = new SlabShape(CacheSpec.OrderOf(spec.Size), 1);
    }

    /// <inheritdoc/>
    public CacheSpec Spec { get; }

    /// <inheritdoc/>
    public SlabShape Shape { get; }

    /// <inheritdoc/>
    public long ActiveObjects { get; private set; }

    /// <inheritdoc/>
    public long Objects => ActiveObjects;

    /// <inheritdoc/>
    public long Slabs => ActiveObjects;

    /// <inheritdoc/>
    public long Frames => ActiveObjects << Shape.Order;

    /// <inheritdoc/>
    public bool TryAllocate(ICharge payer, out KernelAddress address)
    {
        address = default;
        if (!_pages.TryAllocate(Shape.Order, FrameKind.Slab, Spec.Flags, payer, out FrameNumber frame)) return false;
        payer.Charge(Cost.FrameAllocate);
        if (Spec.HasConstructor) payer.Charge(Cost.ObjectConstruct);
        address = KernelAddress.In(frame.Value);
        ActiveObjects++;
        return true;
    }

    /// <inheritdoc/>
    public void Free(KernelAddress address, ICharge payer)
    {
        if (address.OffsetFrom(address.Frame.Value) != 0) throw new InvalidOperationException($"{Spec.Name}: {address} is freed, which is inside of an object");
        payer.Charge(Cost.FrameFree);
        _pages.Free(address.Frame, Shape.Order, payer.Cpu);
        ActiveObjects--;
    }

    /// <inheritdoc/>
    public long Shrink(ICharge payer) => 0;

    /// <inheritdoc/>
    public void CheckInvariants()
    {
    }
}
