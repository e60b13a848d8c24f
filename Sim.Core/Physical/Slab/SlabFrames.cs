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
    private const int ReciprocalBits = 44;
    private readonly FrameArray<Frame> _frames = pages.Frames;
    private readonly Stack<int> _unused = new();
    private readonly int _size = spec.Size;

    // 2^44 / size, rounded up: an offset below 2^22 times this is exact in its upper bits (a division took a third of a free).
    private readonly ulong _reciprocal = (1UL << ReciprocalBits) / (ulong)spec.Size + 1;
    private ObjectSlab?[] _slabs = new ObjectSlab?[4];
    private int _count;

    /// <summary>Slabs that there are.</summary>
    public int Count => _count - _unused.Count;

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
            index = _count++;
            if (index == _slabs.Length) Array.Resize(ref _slabs, 2 * index);
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
        return At(frame, order) ?? FindSmaller(address, order);
    }

    /// <summary>The address of an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KernelAddress AddressOf(ObjectSlab slab, int index) => KernelAddress.In(slab.Head, slab.Colour + (long)index * _size);

    /// <summary>Which object of a slab an address is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(ObjectSlab slab, KernelAddress address)
    {
        uint offset = (uint)(address.OffsetFrom(slab.Head) - slab.Colour);
        uint index = (uint)(offset * _reciprocal >> ReciprocalBits);
        if (index * (uint)_size != offset) ThrowInside(address);
        return (int)index;
    }

    /// <summary>The slab of an order that a frame lies in: no other block can begin where it does while it lives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ObjectSlab? At(int frame, int order)
    {
        int head = frame & -(1 << order);
        if ((uint)head >= (ulong)_frames.Length) return null;
        ObjectSlab?[] slabs = _slabs;
        ulong index = _frames[head].IdentityOrLinks;
        return index < (ulong)slabs.Length && slabs[index] is { } slab && slab.Head == head && slab.Order == order ? slab : null;
    }

    /// <summary>A slab that was made when there was no block of the usual order.</summary>
    private ObjectSlab FindSmaller(KernelAddress address, int order)
    {
        while (--order >= 0)
        {
            if (At(address.Frame.Value, order) is { } slab) return slab;
        }
        throw new InvalidOperationException($"{spec.Name}: {address} is freed, which lies in none of its slabs");
    }

    private void ThrowInside(KernelAddress address) => throw new InvalidOperationException($"{spec.Name}: {address} is freed, which is inside of an object");
}
