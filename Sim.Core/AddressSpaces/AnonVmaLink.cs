using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>That a mapping may hold pages of an anon_vma: an anon_vma_chain.</summary>
/// <param name="AnonVma">The anon_vma.</param>
/// <param name="Object">Where the link lies.</param>
public readonly record struct AnonVmaLink(AnonVma AnonVma, KernelAddress Object);
