using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Physical.Slab;

/// <summary>The slabs of one cache, found by the frames that they lie in: what virt_to_slab reads from struct page.</summary>
internal sealed class SlabFrames(CacheSpec spec, PageAllocator pages)
{
    private readonly FrameArray<Frame> _frames = pages.Frames;
    private readonly List<ObjectSlab?> _slabs = [];
    private readonly Stack<int> _unused = new();

    /// <summary>Slabs that there are.</summary>
    public int Count => _slabs.Count - _unused.Count;

    /// <summary>Objects that they have room for.</summary>
    public long Objects { get; private set; }

    /// <summary>Their frames.</summary>
    public long Frames { get; private set; }

    /// <summary>All of them.</summary>
    public IEnumerable<ObjectSlab> All()
    {
        foreach (ObjectSlab? slab in _slabs)
        {
            if (slab is not null) yield return slab;
        }
    }

    /// <summary>A new slab of a shape, or null when there is no block of frames for it.</summary>
    public ObjectSlab? TryMake(SlabShape shape, ICharge payer, AllocationFlags flags, int colour = 0)
    {
        if (!pages.TryAllocate(shape.Order, FrameKind.Slab, flags, payer, out FrameNumber head)) return null;
        payer.Charge(Cost.FrameAllocate);
        var slab = new ObjectSlab(head.Value, shape.Order, shape.Objects) { Colour = colour };
        if (!_unused.TryPop(out int index))
        {
            index = _slabs.Count;
            _slabs.Add(null);
        }
        _slabs[index] = slab;
        slab.Index = index;
        _frames[head.Value].IdentityOrLinks = (ulong)index;
        Objects += shape.Objects;
        Frames += 1 << shape.Order;
        return slab;
    }

    /// <summary>Gives a slab's frames back.</summary>
    public void Discard(ObjectSlab slab, ICharge payer)
    {
        if (slab.Free != slab.Objects) throw new InvalidOperationException($"{spec.Name}: a slab with {slab.Objects - slab.Free} objects in use is given up");
        _slabs[slab.Index] = null;
        _unused.Push(slab.Index);
        Objects -= slab.Objects;
        Frames -= 1 << slab.Order;
        payer.Charge(Cost.FrameFree);
        pages.Free(new FrameNumber(slab.Head), slab.Order, payer.Cpu);
    }

    /// <summary>The slab that an address lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ObjectSlab Find(KernelAddress address, int order)
    {
        int frame = address.Frame.Value;
        for (; order >= 0; order--)
        {
            int head = frame & ~((1 << order) - 1);
            ref Frame first = ref _frames[head];
            if (first.Kind != FrameKind.Slab || first.AllocatedOrder != order) continue;
            int index = (int)first.IdentityOrLinks;
            if (index < _slabs.Count && _slabs[index] is { } slab && slab.Head == head) return slab;
        }
        throw new InvalidOperationException($"{spec.Name}: {address} is freed, which lies in none of its slabs");
    }

    /// <summary>The address of an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KernelAddress AddressOf(ObjectSlab slab, int index, int size) => KernelAddress.In(slab.Head, slab.Colour + (long)index * size);

    /// <summary>Which object of a slab an address is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(ObjectSlab slab, KernelAddress address, int size)
    {
        uint offset = (uint)(address.OffsetFrom(slab.Head) - slab.Colour);
        uint index = offset / (uint)size;
        if (index * (uint)size != offset) throw new InvalidOperationException($"{spec.Name}: {address} is freed, which is inside of an object");
        return (int)index;
    }
}
