namespace Sim.Core.AddressSpaces;

/// <summary>What came of faulting a page in on the kernel's own behalf.</summary>
public enum FaultInResult
{
    /// <summary>The page is there.</summary>
    Done,

    /// <summary>The file has no such page: VM_FAULT_SIGBUS.</summary>
    BusError,

    /// <summary>No memory for it.</summary>
    OutOfMemory,

    /// <summary>A device must bring it; whoever asked makes no more faults now.</summary>
    MustWait,
}
