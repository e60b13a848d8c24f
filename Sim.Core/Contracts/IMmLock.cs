namespace Sim.Core.Contracts;

/// <summary>
/// The `mm-lock` policy point: what the threads of an address space take before they fault, or call what works on mappings, and so who waits for whom.
/// Registered by <see cref="IPolicy{TSelf,TOptions}"/>. Locks go to those that wait in the order in which they came.
/// </summary>
public interface IMmLock
{
    /// <summary>What a fault takes.</summary>
    /// <param name="isMappingChanging">Whether a call is changing the mapping at this time.</param>
    /// <param name="needsAddressSpace">Whether the fault touches more than its mapping: there is none, a stack must grow, or an anon_vma must be made.</param>
    MmLockMode OfFault(bool isMappingChanging, bool needsAddressSpace);

    /// <summary>What a call takes that changes mappings, or that only works on the pages of one.</summary>
    MmLockMode OfCall(bool changesMappings);
}
