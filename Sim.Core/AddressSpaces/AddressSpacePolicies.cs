using Sim.Core.AddressSpaces.Merging;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Core.AddressSpaces;

/// <summary>The policies of an address space. Each address space has instances of its own.</summary>
/// <param name="Merge">`vma-merge`: which merges are made.</param>
/// <param name="Index">`vma-index`: how mappings are found.</param>
/// <param name="Placement">`placement`: where mappings go.</param>
/// <param name="Fork">`fork`: what a child gets of its parent's memory at once.</param>
/// <param name="Seed">The seed of the streams of those that draw.</param>
public sealed record AddressSpacePolicies(PolicyChoice Merge, PolicyChoice Index, PolicyChoice Placement, PolicyChoice Fork, ulong Seed = 0)
{
    internal IVmaMerge CreateMerge() => (IVmaMerge)Merge.Create(Context(0));

    internal IVmaIndex CreateIndex() => (IVmaIndex)Index.Create(Context(0));

    internal IPlacement CreatePlacement(int addressSpace) => (IPlacement)Placement.Create(Context(RandomStream.SeedOf(Seed, addressSpace, "placement")));

    internal IForkPolicy CreateFork() => (IForkPolicy)Fork.Create(Context(0));

    /// <summary>An address space is no reclaim domain: it has no frames of its own.</summary>
    private static PolicyContext Context(ulong seed) => new(0, 0, seed);
}
