using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Objects in a slab of 2^order pages: J. Bonwick, "The slab allocator: an object-caching kernel memory allocator", USENIX Summer 1994.
/// </summary>
public static class SlabGeometry
{
    /// <summary>floor((page 2^order - overhead) / size).</summary>
    public static long Objects(int objectSize, int order, int overhead = 0, int pageSize = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectSize, 1);
        return Math.Max(0, (((long)pageSize << order) - overhead) / objectSize);
    }

    /// <summary>Bytes that are neither object nor overhead: room to shift the objects in, for cache colouring.</summary>
    public static long Waste(int objectSize, int order, int overhead = 0, int pageSize = 4096) =>
        ((long)pageSize << order) - overhead - Objects(objectSize, order, overhead, pageSize) * objectSize;

    /// <summary>Different offsets that the waste allows, the one of no shift included.</summary>
    public static long Colours(int objectSize, int order, int alignment, int overhead = 0, int pageSize = 4096) =>
        Waste(objectSize, order, overhead, pageSize) / alignment + 1;

    /// <summary>(1 - u)^n: a slab of n objects is empty, so can be given back, if each is in use with probability u.</summary>
    public static double EmptyProbability(double utilisation, long objects) => Math.Pow(1 - utilisation, objects);
}
