using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>Faults pages in on the kernel's own behalf: what MAP_POPULATE, mlock and madvise(MADV_POPULATE_*) ask of the fault handler.</summary>
public interface IFaultIn
{
    /// <summary>Brings a page of a mapping in as an access would, which the mapping is known to permit, or which is forced through.</summary>
    /// <param name="mm">The address space.</param>
    /// <param name="vma">The mapping.</param>
    /// <param name="page">The page.</param>
    /// <param name="isStore">Whether as a store would.</param>
    /// <param name="waits">Whether the fault itself waits for what must be read, and is a major one then; otherwise it is given up and made again when that is there.</param>
    /// <param name="payer">Who pays.</param>
    FaultInResult FaultIn(Mm mm, Vma vma, ulong page, bool isStore, bool waits, ICharge payer);
}
