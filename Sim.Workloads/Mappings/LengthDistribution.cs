namespace Sim.Workloads.Mappings;

/// <summary>How the lengths of mappings vary.</summary>
public enum LengthDistribution
{
    /// <summary>The logarithm is normal; the spread is its standard deviation.</summary>
    LogNormal,

    /// <summary>A power law from the shortest on; the spread is its exponent: the smaller, the longer the tail.</summary>
    Pareto,

    /// <summary>All alike.</summary>
    Constant,
}
