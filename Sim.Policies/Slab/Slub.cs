using Sim.Core.Contracts;
using Sim.Core.Physical.Slab;

namespace Sim.Policies.Slab;

/// <summary>
/// SLUB: a current slab and some partial slabs a CPU, the node's partial slabs behind them, no queues of objects. Caches of nearly the same objects are merged.
/// <para>C. Lameter, "SLUB: The unqueued slab allocator V6", Linux kernel mailing list, March 2007. The cache itself is Sim.Core's, where its
/// deviations from Linux 6.18 are marked.</para>
/// </summary>
[Paper("A current slab and some partial slabs a CPU, the node's partial slabs behind them; caches of nearly the same objects are merged.",
    "C. Lameter, SLUB: The unqueued slab allocator V6, Linux kernel mailing list, March 2007")]
public sealed class Slub : ISlabDesign, IPolicy<Slub, SlubOptions>
{
    private readonly SlubDesign _design;

    private Slub(SlubOptions options) => _design = new SlubDesign(options.Merge, options.CpuPartial, options.MinPartial);

    public static string Name => "slab/slub";

    public bool Merges => _design.Merges;

    public static Slub Create(SlubOptions options, PolicyContext context) => new(options);

    public IObjectCache Create(CacheSpec spec, CacheTable caches) => _design.Create(spec, caches);
}

/// <summary>Options of <see cref="Slub"/>.</summary>
public sealed record SlubOptions
{
    /// <summary>CONFIG_SLAB_MERGE_DEFAULT.</summary>
    [Option("Whether caches of nearly the same objects become one")]
    public bool Merge { get; init; } = true;

    /// <summary>CONFIG_SLUB_CPU_PARTIAL.</summary>
    [Option("Whether CPUs keep partial slabs beside the current one")]
    public bool CpuPartial { get; init; } = true;

    /// <summary>min_partial.</summary>
    [Option("Partial slabs that a cache keeps though they are empty; none: half the binary logarithm of the object's size, from 5 to 10", Minimum = 0, Maximum = 1000)]
    public int? MinPartial { get; init; }
}
