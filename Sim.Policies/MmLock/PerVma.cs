using Sim.Core.Contracts;

namespace Sim.Policies.MmLock;

/// <summary>
/// A fault takes the lock of its mapping alone, and the one of the address space only where a call is changing that mapping, or where it touches more than
/// the mapping. Calls take the lock of the address space, and wait for the faults in the mappings that they change.
/// <para>S. Baghdasaryan, per-VMA locks, Linux 6.4, 2023 (lock_vma_under_rcu); after A. T. Clements, M. F. Kaashoek, N. Zeldovich, "Scalable address spaces
/// using RCU balanced trees", ASPLOS 2012.</para>
/// </summary>
[Paper("A fault takes the lock of its mapping; that of the address space only where the mapping is being changed, or an anon_vma must be made.",
    "S. Baghdasaryan, per-VMA locks, Linux 6.4, 2023")]
public sealed class PerVma : IPolicy<PerVma, NoOptions>, IMmLock
{
    private PerVma()
    {
    }

    public static string Name => "mm-lock/per-vma";

    public static PerVma Create(NoOptions options, PolicyContext context) => new();

    public MmLockMode OfFault(bool isMappingChanging, bool needsAddressSpace) =>
        isMappingChanging || needsAddressSpace ? MmLockMode.Shared : MmLockMode.Mapping;

    public MmLockMode OfCall(bool changesMappings) => changesMappings ? MmLockMode.Exclusive : MmLockMode.Shared;
}
