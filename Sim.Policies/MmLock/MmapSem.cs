using Sim.Core.Contracts;

namespace Sim.Policies.MmLock;

/// <summary>
/// One lock of readers and writers for an address space: faults, and calls that only work on pages, share it; calls that change mappings have it alone.
/// <para>Linux 2.4 to 6.3: mmap_sem, since 5.8 mmap_lock; A. T. Clements, M. F. Kaashoek, N. Zeldovich, "Scalable address spaces using RCU balanced trees",
/// ASPLOS 2012, measures it.</para>
/// </summary>
[Paper("One lock of readers (faults) and writers (mapping calls) for an address space.",
    "A. T. Clements, M. F. Kaashoek, N. Zeldovich, Scalable address spaces using RCU balanced trees, ASPLOS 2012; Linux, mmap_lock")]
public sealed class MmapSem : IPolicy<MmapSem, NoOptions>, IMmLock
{
    private MmapSem()
    {
    }

    public static string Name => "mm-lock/mmap-sem";

    public static MmapSem Create(NoOptions options, PolicyContext context) => new();

    public MmLockMode OfFault(bool isMappingChanging, bool needsAddressSpace) => MmLockMode.Shared;

    public MmLockMode OfCall(bool changesMappings) => changesMappings ? MmLockMode.Exclusive : MmLockMode.Shared;
}
