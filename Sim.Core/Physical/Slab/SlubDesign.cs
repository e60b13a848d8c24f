namespace Sim.Core.Physical.Slab;

/// <summary>SLUB, as Linux has it by default.</summary>
/// <param name="Merges">Whether caches are merged: slab_merge.</param>
/// <param name="KeepsPartial">Whether CPUs keep partial slabs: CONFIG_SLUB_CPU_PARTIAL.</param>
/// <param name="MinPartial">min_partial, or null for Linux's choice by size.</param>
public sealed record SlubDesign(bool Merges = true, bool KeepsPartial = true, int? MinPartial = null) : ISlabDesign
{
    public IObjectCache Create(CacheSpec spec, CacheTable caches) => new SlubCache(spec, caches.Pages, caches.Cpus, KeepsPartial, MinPartial);
}
