using System;
using System.Numerics;
using Sim.Core.Units;

namespace Sim.Core.Physical.Slab;

/// <summary>
/// SLUB's choice of the slab for a size: enough objects that CPUs seldom come back for more, then the smallest order that wastes no more than a
/// sixteenth, an eighth ... of it. Linux 6.18, mm/slub.c: calculate_order, calc_slab_order, set_cpu_partial.
/// </summary>
public static class SlubShape
{
    /// <summary>slub_max_order: PAGE_ALLOC_COSTLY_ORDER.</summary>
    public const int LargestOrder = 3;

    private const int MostObjects = 32_767;
    private const int FirstFraction = 16;
    private const int FewestPartial = 5, MostPartial = 10;

    /// <summary>The slab for objects of <paramref name="size"/> bytes, alignment and all, on a machine of so many CPUs.</summary>
    public static SlabShape Of(int size, int cpus)
    {
        int order = OrderOf(size, cpus);
        return new SlabShape(order, ObjectsIn(order, size));
    }

    /// <summary>The slab that is taken when memory has no block of the order that is wanted: one object is enough.</summary>
    public static SlabShape Least(int size)
    {
        int order = CacheSpec.OrderOf(size);
        return new SlabShape(order, ObjectsIn(order, size));
    }

    /// <summary>Slabs that a CPU keeps with free objects in them: cpu_partial_slabs.</summary>
    public static int PartialOfCpu(int size, int objectsInSlab)
    {
        int objects = size >= ByteSize.PageBytes ? 6 : size >= 1024 ? 24 : size >= 256 ? 52 : 120;
        return (objects * 2 + objectsInSlab - 1) / objectsInSlab;
    }

    /// <summary>Partial slabs that a node keeps even when they are empty: min_partial.</summary>
    public static int PartialOfNode(int size) => Math.Clamp(BitOperations.Log2((uint)size) / 2, FewestPartial, MostPartial);

    private static int OrderOf(int size, int cpus)
    {
        int wanted = 4 * (BitOperations.Log2((uint)cpus) + 2);
        int objects = Math.Min(wanted, Math.Max(ObjectsIn(LargestOrder, size), 1));
        int least = CacheSpec.OrderOf((long)objects * size);
        if (ObjectsIn(least, size) > MostObjects) return CacheSpec.OrderOf((long)size * MostObjects) - 1;
        for (int fraction = FirstFraction; fraction > 1; fraction /= 2)
        {
            for (int order = least; order <= LargestOrder; order++)
            {
                int bytes = BytesOf(order);
                if (bytes % size <= bytes / fraction) return order;
            }
        }
        return CacheSpec.OrderOf(size);
    }

    private static int ObjectsIn(int order, int size) => BytesOf(order) / size;

    private static int BytesOf(int order) => (int)ByteSize.PageBytes << order;
}
