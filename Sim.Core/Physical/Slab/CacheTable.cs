using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;

namespace Sim.Core.Physical.Slab;

/// <summary>All caches of a machine: what kmem_cache_create has made, and the size classes of kmalloc, each made when it is first needed.</summary>
public sealed class CacheTable(ISlabDesign design, PageAllocator pages, int cpus)
{
    private readonly List<IObjectCache> _caches = [];

    /// <summary>The size classes of kmalloc, in bytes.</summary>
    public static IReadOnlyList<int> KmallocSizes { get; } = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192];

    /// <summary>Where slabs come from.</summary>
    public PageAllocator Pages => pages;

    /// <summary>CPUs of the machine.</summary>
    public int Cpus => cpus;

    /// <summary>The caches, oldest first.</summary>
    public IReadOnlyList<IObjectCache> All => _caches;

    /// <summary>Frames of all slabs.</summary>
    public long Frames => _caches.Sum(cache => cache.Frames);

    /// <summary>kmem_cache_create: a new cache, or where both allow it an old one for objects of nearly the same size.</summary>
    public IObjectCache Create(CacheSpec spec)
    {
        if (design.Merges && _caches.FirstOrDefault(cache => cache.Spec.Takes(spec)) is { } alias) return alias;
        IObjectCache made = design.Create(spec, this);
        _caches.Add(made);
        return made;
    }

    /// <summary>The cache that kmalloc takes so many bytes from. More than 8 KiB come straight from the page allocator.</summary>
    public IObjectCache Kmalloc(int bytes, bool isReclaimable = false)
    {
        int size = KmallocSizes.FirstOrDefault(size => size >= bytes);
        if (size == 0) throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "kmalloc has no size class for more than 8 KiB");
        string name = (isReclaimable ? "kmalloc-rcl-" : "kmalloc-") + (size >= 1024 ? $"{size / 1024}k" : $"{size}");
        return _caches.FirstOrDefault(cache => cache.Spec.Name == name) ?? Create(new CacheSpec(name, size)
        {
            // Powers of two are aligned to themselves.
            Align = size & -size,
            IsReclaimable = isReclaimable,
            MayMerge = true,
        });
    }

    /// <summary>Shrinks every cache, until that frees no more: the slabs of one may have their descriptors in another. Returns frames.</summary>
    public long Shrink(ICharge payer)
    {
        long all = 0;
        for (long freed = -1; freed != 0; all += freed) freed = _caches.Sum(cache => cache.Shrink(payer));
        return all;
    }

    /// <summary>Checks the books of every cache.</summary>
    public void CheckInvariants()
    {
        foreach (IObjectCache cache in _caches) cache.CheckInvariants();
    }
}
