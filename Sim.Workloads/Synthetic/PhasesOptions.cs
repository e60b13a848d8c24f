using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Phases"/>.</summary>
public sealed record PhasesOptions
{
    /// <summary>Mean l.</summary>
    [Option("Mean pages of a locality set", Minimum = 1, Maximum = 1 << 28)]
    public int SetSize { get; init; } = 30;

    /// <summary>Distribution of l.</summary>
    [Option("Distribution of the set sizes")]
    public SetSizeDistribution SetSizes { get; init; } = SetSizeDistribution.Constant;

    /// <summary>Spread of l.</summary>
    [Option("Spread of the set sizes: half the width of a uniform, the standard deviation of a normal distribution", Minimum = 0, Maximum = 1 << 28)]
    public int SetSizeSpread { get; init; }

    /// <summary>Mean H.</summary>
    [Option("Mean references for which a set is held", Minimum = 1, Maximum = 1e15)]
    public double HoldingTime { get; init; } = 2500;

    /// <summary>Distribution of H.</summary>
    [Option("Distribution of the holding times")]
    public HoldingTimeDistribution HoldingTimes { get; init; } = HoldingTimeDistribution.Exponential;

    /// <summary>R.</summary>
    [Option("Pages R that a set keeps of the one before, drawn at random; fewer than the smallest set has", Minimum = 0, Maximum = 1 << 28)]
    public int Overlap { get; init; }

    /// <summary>Where pages come from.</summary>
    [Option("Where the pages come from that enter a set")]
    public SetSelection Sets { get; init; } = SetSelection.Disjoint;

    /// <summary>Order within a set.</summary>
    [Option("Order of the references within a set")]
    public Micromodel Micromodel { get; init; } = Micromodel.Random;

    /// <summary>b of the stack model.</summary>
    [Option("b of the lru-stack micromodel's power law, in pages", Minimum = 1e-6, Maximum = 1e12)]
    public double StackScale { get; init; } = 5;

    /// <summary>Beta of the stack model.</summary>
    [Option("beta of the lru-stack micromodel's power law", Minimum = 0.01, Maximum = 100)]
    public double StackExponent { get; init; } = 1;
}
