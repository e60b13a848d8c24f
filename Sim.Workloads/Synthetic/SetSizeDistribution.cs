namespace Sim.Workloads.Synthetic;

/// <summary>How the sizes of locality sets are spread around their mean.</summary>
public enum SetSizeDistribution
{
    /// <summary>All alike.</summary>
    Constant,

    /// <summary>Whole numbers within the spread on both sides of the mean.</summary>
    Uniform,

    /// <summary>Rounded, with the spread as standard deviation, and drawn again outside of 1 to twice the mean.</summary>
    Normal,
}
