using Sim.Core.Contracts;
using Sim.Core.Physical.Slab;

namespace Sim.Policies.Slab;

/// <summary>
/// The slab allocator of Linux 2.6: arrays of free objects a CPU and one shared, full, partial and free slabs behind them, coloured, with descriptors on or
/// off the slab, reaped every two seconds.
/// <para>J. Bonwick, "The slab allocator: an object-caching kernel memory allocator", USENIX Summer 1994; J. Bonwick, J. Adams, "Magazines and Vmem",
/// USENIX 2001. The cache itself is Sim.Core's, where its deviations from Linux 2.6.32 are marked.</para>
/// </summary>
[Paper("Arrays of free objects a CPU and one shared; full, partial and free slabs behind them, coloured and reaped.",
    "J. Bonwick, The slab allocator: an object-caching kernel memory allocator, USENIX Summer 1994; J. Bonwick, J. Adams, Magazines and Vmem, USENIX 2001")]
public sealed class Magazines : ISlabDesign, IPolicy<Magazines, MagazinesOptions>
{
    private readonly SlabDesign _design;

    private Magazines(MagazinesOptions options) => _design = new SlabDesign(options.Colours);

    public static string Name => "slab/slab";

    public bool Merges => _design.Merges;

    public static Magazines Create(MagazinesOptions options, PolicyContext context) => new(options);

    public IObjectCache Create(CacheSpec spec, CacheTable caches) => _design.Create(spec, caches);
}

/// <summary>Options of <see cref="Magazines"/>.</summary>
public sealed record MagazinesOptions
{
    /// <summary>As Bonwick has it.</summary>
    [Option("Whether the first object of each slab is shifted, so that slabs use different sets of the caches")]
    public bool Colours { get; init; } = true;
}
