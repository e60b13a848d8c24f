using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>The policies of an address space. Each address space has instances of its own.</summary>
/// <param name="Index">`vma-index`: how mappings are found.</param>
public sealed record AddressSpacePolicies(PolicyChoice Index)
{
    /// <summary>An address space is no reclaim domain: it has no frames of its own.</summary>
    private static readonly PolicyContext Context = new(0, 0, 0);

    internal IVmaIndex CreateIndex() => (IVmaIndex)Index.Create(Context);
}
