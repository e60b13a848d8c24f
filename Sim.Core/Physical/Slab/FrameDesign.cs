namespace Sim.Core.Physical.Slab;

/// <summary>No slabs at all: a block of frames for each object.</summary>
public sealed record FrameDesign : ISlabDesign
{
    public bool Merges => false;

    public IObjectCache Create(CacheSpec spec, CacheTable caches) => new FrameCache(spec, caches.Pages);
}
