using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// Nothing merges at once; after every so many calls one pass over all mappings makes the merges that the rules then allow. Mappings that soon part
/// again are never joined, at the price of more of them between passes.
/// <para>Deferred coalescing of free blocks: T. P. Lee, R. E. Barkley, "A watermark-based lazy buddy system for kernel memory allocation", USENIX Summer 1989; here
/// for mappings.</para>
/// </summary>
[Paper("Nothing merges at once; after every so many calls one pass over all mappings makes the merges that are then possible.",
    "after T. P. Lee, R. E. Barkley, A watermark-based lazy buddy system for kernel memory allocation, USENIX Summer 1989")]
public sealed class Deferred : IPolicy<Deferred, DeferredOptions>, IVmaMerge
{
    private readonly int _calls;
    private int _since;

    private Deferred(int calls) => _calls = calls;

    public static string Name => "vma-merge/deferred";

    public bool IgnoresAnonVma => false;

    public static Deferred Create(DeferredOptions options, PolicyContext context) => new(options.Calls);

    public MergeSides Select(in MergeOffer offer) => offer.Kind == MergeKind.Sweep ? offer.Possible : MergeSides.None;

    public bool IsSweepDue(int mappings)
    {
        if (++_since < _calls) return false;
        _since = 0;
        return true;
    }
}

/// <summary>Options of <see cref="Deferred"/>.</summary>
public sealed record DeferredOptions
{
    [Option("Calls that change mappings between two passes", Minimum = 1, Maximum = 1e9)]
    public int Calls { get; init; } = 64;
}
