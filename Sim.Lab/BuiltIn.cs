using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Policies.Reclaim;

namespace Sim.Lab;

/// <summary>What ships with the simulator.</summary>
public static class BuiltIn
{
    /// <summary>The policies of Sim.Policies.</summary>
    public static PolicyCatalogue Policies { get; } = new(typeof(Lru).Assembly);

    /// <summary>The scheduler that stands where nothing else is said.</summary>
    public static PolicyChoice Scheduler { get; } = PolicyChoice.Parse(Policies, "scheduler", "round-robin");

    /// <summary>The address-space policies that stand where nothing else is said: Linux's rules.</summary>
    public static AddressSpacePolicies AddressSpaces { get; } = new(
        PolicyChoice.Parse(Policies, "vma-merge", "linux"), PolicyChoice.Parse(Policies, "vma-index", "maple"), PolicyChoice.Parse(Policies, "placement", "top-down"),
        PolicyChoice.Parse(Policies, "fork", "cow"));
}
