namespace Sim.Workloads.Synthetic;

/// <summary>How long a locality set is held.</summary>
public enum HoldingTimeDistribution
{
    /// <summary>Without memory: geometric, which is the exponential distribution over whole references.</summary>
    Exponential,

    /// <summary>Always the mean.</summary>
    Constant,
}
