using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>What fork does with the pages of a mapping: copy_page_range.</summary>
public interface IForkedPages
{
    /// <summary>Gives the child's mapping the pages of the parent's. Not called for mappings that a child gets empty. False when memory ran out.</summary>
    bool TryCopy(Mm parent, Vma from, Mm child, Vma to, ICharge payer);
}
