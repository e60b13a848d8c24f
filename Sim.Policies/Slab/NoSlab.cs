using Sim.Core.Contracts;
using Sim.Core.Physical.Slab;

namespace Sim.Policies.Slab;

/// <summary>
/// No slabs: every kernel object is a block of frames of its own. What a page allocator alone would cost.
/// <para>The baseline of J. Bonwick, "The slab allocator: an object-caching kernel memory allocator", USENIX Summer 1994.</para>
/// </summary>
[Paper("Every kernel object is a block of frames of its own.", "The baseline of J. Bonwick, The slab allocator: an object-caching kernel memory allocator, USENIX Summer 1994")]
public sealed class NoSlab : ISlabDesign, IPolicy<NoSlab, NoOptions>
{
    private readonly FrameDesign _design = new();

    private NoSlab()
    {
    }

    public static string Name => "slab/none";

    public bool Merges => _design.Merges;

    public static NoSlab Create(NoOptions options, PolicyContext context) => new();

    public IObjectCache Create(CacheSpec spec, CacheTable caches) => _design.Create(spec, caches);
}
