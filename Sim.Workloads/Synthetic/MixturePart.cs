using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>One of the models of a <see cref="Mixture"/>.</summary>
public sealed record MixturePart
{
    [Option("Share of the references, relative to the other parts' weights", Minimum = 0, Maximum = 1e12)]
    public double Weight { get; init; } = 1;

    [Option("The model that the references come from")]
    public ModelSpec? Model { get; init; }

    [Option("First page of the region that the model references", Minimum = 0)]
    public long First { get; init; }

    [Option("Pages that the model references; 0 is all from the first", Minimum = 0)]
    public long Pages { get; init; }
}
