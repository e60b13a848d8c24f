using Sim.Core.Contracts;

namespace Sim.Policies.MmLock;

/// <summary>
/// Nobody waits: faults and calls of several threads happen at the same time, each as if it were alone. The bound that the others are measured against.
/// <para>A. T. Clements, M. F. Kaashoek, N. Zeldovich, "RadixVM: scalable address spaces for multithreaded applications", EuroSys 2013, comes near it.</para>
/// </summary>
[Paper("Nobody waits for anybody: a bound.",
    "A. T. Clements, M. F. Kaashoek, N. Zeldovich, RadixVM: scalable address spaces for multithreaded applications, EuroSys 2013")]
public sealed class NoMmLock : IPolicy<NoMmLock, NoOptions>, IMmLock
{
    private NoMmLock()
    {
    }

    public static string Name => "mm-lock/none";

    public static NoMmLock Create(NoOptions options, PolicyContext context) => new();

    public MmLockMode OfFault(bool isMappingChanging, bool needsAddressSpace) => MmLockMode.None;

    public MmLockMode OfCall(bool changesMappings) => MmLockMode.None;
}
