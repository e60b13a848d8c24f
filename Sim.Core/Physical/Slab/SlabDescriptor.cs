using System;
using Sim.Core.Units;

namespace Sim.Core.Physical.Slab;

/// <summary>
/// The slab that Linux 2.6 cuts objects of a size from, and where it keeps the slab's descriptor: struct slab with one index an object.
/// <code>
///   on-slab    | colour | descriptor : 48 + 4 n | object 0 | object 1 | ... | rest |
///   off-slab   | colour | object 0 | object 1 | ... | rest |        the descriptor is an object of a general cache
/// </code>
/// Linux 2.6.32, mm/slab.c: kmem_cache_create, calculate_slab_order, cache_estimate.
/// </summary>
/// <param name="Shape">Order and objects.</param>
/// <param name="IsOffSlab">Whether the descriptor lies elsewhere.</param>
/// <param name="DescriptorBytes">Its size; aligned as objects are where it lies on the slab.</param>
/// <param name="Colours">Different offsets of the first object that what is left over allows, at least 1.</param>
/// <param name="ColourBytes">The step from one to the next: a cache line, or the alignment if that is more.</param>
public readonly record struct SlabDescriptor(SlabShape Shape, bool IsOffSlab, int DescriptorBytes, int Colours, int ColourBytes)
{
    private const int HeaderBytes = 48, IndexBytes = 4;
    private const int CacheLine = 64;
    private const int BreakOrder = 1;
    private const int LargestOrder = 5;

    /// <summary>Objects of this size and more have their descriptors off the slab.</summary>
    private const int OffSlabFrom = ByteSize.PageBytes >> 3;

    /// <summary>The slab for a cache.</summary>
    public static SlabDescriptor Of(CacheSpec spec)
    {
        int size = spec.Size, align = spec.Alignment;
        bool isOff = spec.ObjectSize >= OffSlabFrom;
        var (shape, left) = Choose(size, align, isOff, spec.IsReclaimable);
        if (shape.Objects == 0) (shape, left) = (SlubShape.Least(size), 0);
        int aligned = Align(HeaderBytes + shape.Objects * IndexBytes, align);
        if (isOff && left >= aligned)
        {
            isOff = false;
            left -= aligned;
        }
        int step = Math.Max(CacheLine, align);
        return new SlabDescriptor(shape, isOff, isOff ? HeaderBytes + shape.Objects * IndexBytes : aligned, Math.Max(1, left / step), step);
    }

    private static (SlabShape Shape, int Left) Choose(int size, int align, bool isOff, bool isReclaimable)
    {
        (SlabShape Shape, int Left) chosen = default;
        for (int order = 0; order <= LargestOrder; order++)
        {
            var (objects, left) = Estimate(order, size, align, isOff);
            if (objects == 0) continue;
            if (isOff && objects > (size - HeaderBytes) / IndexBytes) break;
            chosen = (new SlabShape(order, objects), left);
            if (isReclaimable || order >= BreakOrder || left * 8 <= ByteSize.PageBytes << order) break;
        }
        return chosen;
    }

    private static (int Objects, int Left) Estimate(int order, int size, int align, bool isOff)
    {
        int bytes = ByteSize.PageBytes << order;
        if (isOff) return (bytes / size, bytes % size);
        int objects = Math.Max(0, bytes - HeaderBytes) / (size + IndexBytes);
        if (Align(HeaderBytes + objects * IndexBytes, align) + objects * size > bytes) objects--;
        return objects <= 0 ? (0, bytes) : (objects, bytes - objects * size - Align(HeaderBytes + objects * IndexBytes, align));
    }

    private static int Align(int bytes, int align) => (bytes + align - 1) & -align;
}
