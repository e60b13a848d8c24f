using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>One point of a distribution of stack distances.</summary>
public sealed record StackDistanceMass
{
    [Option("Stack distance; 1 is the page referenced last", Minimum = 1)]
    public long Distance { get; init; } = 1;

    [Option("Probability of the distance", Minimum = 0, Maximum = 1)]
    public double Probability { get; init; }
}
