namespace Sim.Core.Physical.Slab;

/// <summary>How object caches work: the policy point slab.</summary>
public interface ISlabDesign
{
    /// <summary>Whether caches of nearly the same objects become one.</summary>
    bool Merges { get; }

    /// <summary>An empty cache among the others of a machine.</summary>
    IObjectCache Create(CacheSpec spec, CacheTable caches);
}
