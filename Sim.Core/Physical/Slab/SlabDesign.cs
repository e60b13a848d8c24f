namespace Sim.Core.Physical.Slab;

/// <summary>The slab allocator of Linux 2.6.</summary>
/// <param name="HasColours">Whether slabs are coloured.</param>
public sealed record SlabDesign(bool HasColours = true) : ISlabDesign
{
    public bool Merges => false;

    public IObjectCache Create(CacheSpec spec, CacheTable caches) => new SlabCache(spec, caches, HasColours);
}
