namespace Sim.Core.Contracts;

/// <summary>
/// The `context-switch` policy point: what a CPU does about translations when it goes from one task to another. Asked once, when the machine is made;
/// registered by <see cref="IPolicy{TSelf,TOptions}"/>.
/// </summary>
public interface IContextSwitch
{
    /// <summary>Whether the TLB keeps translations of several address spaces apart, by the identifiers that the hardware has.</summary>
    bool UsesAsids { get; }

    /// <summary>Whether an idle CPU and a kernel thread go on with the address space that was loaded, instead of loading the kernel's own.</summary>
    bool HasLazyTlb { get; }
}
