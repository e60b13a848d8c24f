using System;
using System.Runtime.CompilerServices;

namespace Sim.Core.Physical.Slab;

/// <summary>One slab: a block of frames cut into objects of equal size, and which of them are free, last freed first.</summary>
internal sealed class ObjectSlab
{
    private readonly ushort[] _free;
    private readonly ulong[] _inUse;

    public ObjectSlab(int head, int order, int objects)
    {
        (Head, Order) = (head, order);
        _free = new ushort[objects];
        _inUse = new ulong[(objects + 63) / 64];
        for (int i = 0; i < objects; i++) _free[i] = (ushort)(objects - 1 - i);
        Free = objects;
    }

    /// <summary>Its first frame.</summary>
    public int Head { get; }

    /// <summary>log2 of its frames.</summary>
    public int Order { get; }

    /// <summary>Objects that it has room for.</summary>
    public int Objects => _free.Length;

    /// <summary>Free objects.</summary>
    public int Free { get; private set; }

    /// <summary>Where it stands among its cache's slabs.</summary>
    public int Index { get; set; }

    /// <summary>The list that it is on, and its neighbours there.</summary>
    public SlabList? List { get; set; }

    public ObjectSlab? Previous { get; set; }

    public ObjectSlab? Next { get; set; }

    /// <summary>Bytes that the first object is shifted by, so that the objects of different slabs fall into different cache sets.</summary>
    public int Colour { get; init; }

    /// <summary>The CPU whose current slab it is, plus one; 0 for none.</summary>
    public int OwnerPlusOne { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take()
    {
        int index = _free[--Free];
        _inUse[index >> 6] |= 1UL << index;
        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int index)
    {
        ulong bit = 1UL << index;
        if ((uint)index >= (uint)_free.Length || (_inUse[index >> 6] & bit) == 0) ThrowNotInUse(index);
        _inUse[index >> 6] &= ~bit;
        _free[Free++] = (ushort)index;
    }

    private void ThrowNotInUse(int index) => throw new InvalidOperationException($"object {index} of the slab at frame {Head} is freed and not in use");
}
