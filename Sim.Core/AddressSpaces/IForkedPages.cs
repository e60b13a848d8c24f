using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>What fork does with the pages of a mapping: copy_page_range.</summary>
public interface IForkedPages
{
    /// <summary>
    /// Gives the child's mapping the pages of the parent's, from the fork's page on. Not called for mappings that a child gets empty. Where it must wait,
    /// the fork's page is where it goes on.
    /// </summary>
    ForkOutcome Copy(ForkInProgress fork, Vma from, Vma to, ICharge payer);
}
