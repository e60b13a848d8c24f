using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>Faults pages in on the kernel's own behalf: what MAP_POPULATE, mlock and madvise(MADV_POPULATE_*) ask of the fault handler.</summary>
public interface IFaultIn
{
    /// <summary>Brings a page of a mapping in as an access would, which the mapping is known to permit, or which is forced through.</summary>
    FaultInResult FaultIn(Mm mm, Vma vma, ulong page, bool isStore, ICharge payer);
}
