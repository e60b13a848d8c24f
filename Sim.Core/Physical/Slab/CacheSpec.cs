using System;
using System.Numerics;

namespace Sim.Core.Physical.Slab;

/// <summary>What a cache is made for: the arguments of kmem_cache_create.</summary>
/// <param name="Name">Its name in /proc/slabinfo.</param>
/// <param name="ObjectSize">Bytes of an object.</param>
public sealed record CacheSpec(string Name, int ObjectSize)
{
    private const int Word = 8;
    private const int CacheLine = 64;

    /// <summary>The least alignment of an object, a power of two.</summary>
    public int Align { get; init; } = Word;

    /// <summary>Whether objects are aligned to cache lines, or for small ones to the part of one that they fill: SLAB_HWCACHE_ALIGN.</summary>
    public bool AlignsToCacheLines { get; init; }

    /// <summary>Whether its slabs count as reclaimable, because a shrinker can empty them: SLAB_RECLAIM_ACCOUNT.</summary>
    public bool IsReclaimable { get; init; }

    /// <summary>Whether objects are constructed once, when their slab is made, and keep their state while they are free. Such a cache is never merged.</summary>
    public bool HasConstructor { get; init; }

    /// <summary>Whether it shares a cache with others of its size: SLAB_NO_MERGE is not set.</summary>
    public bool MayMerge { get; init; }

    /// <summary>The alignment that results: calculate_alignment.</summary>
    public int Alignment
    {
        get
        {
            int line = 0;
            if (AlignsToCacheLines)
            {
                line = CacheLine;
                while (ObjectSize <= line / 2) line /= 2;
            }
            return Math.Max(Math.Max(Align, line), Word);
        }
    }

    /// <summary>Bytes from one object to the next. A constructor's state must survive while the object is free, so that the free pointer comes behind it.</summary>
    public int Size
    {
        get
        {
            int words = (ObjectSize + Word - 1) & -Word;
            return (words + (HasConstructor ? Word : 0) + Alignment - 1) & -Alignment;
        }
    }

    /// <summary>The flags of an allocation of its slabs.</summary>
    internal AllocationFlags Flags => AllocationFlags.Kernel | AllocationFlags.Reserves | (IsReclaimable ? AllocationFlags.Reclaimable : 0);

    /// <summary>find_mergeable: whether objects of another cache can lie in one of this kind without wasting more than a word each.</summary>
    internal bool Takes(CacheSpec other) => MayMerge && other.MayMerge && !HasConstructor && !other.HasConstructor
        && IsReclaimable == other.IsReclaimable && other.Size <= Size && Size - other.Size < Word && (Size & (other.Alignment - 1)) == 0;

    /// <summary>log2 of the frames that hold one object: get_order.</summary>
    internal static int OrderOf(long bytes) => bytes <= 4096 ? 0 : BitOperations.Log2((ulong)(bytes - 1) / 4096) + 1;
}
