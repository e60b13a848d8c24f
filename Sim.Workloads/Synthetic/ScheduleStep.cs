using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>One of the models of a <see cref="Schedule"/>.</summary>
public sealed record ScheduleStep
{
    [Option("The model that the references come from")]
    public ModelSpec? Model { get; init; }

    [Option("References until the next step; 0 is for ever, in the last step of a schedule that does not repeat", Minimum = 0)]
    public long Count { get; init; }

    [Option("First page of the region that the model references", Minimum = 0)]
    public long First { get; init; }

    [Option("Pages that the model references; 0 is all from the first", Minimum = 0)]
    public long Pages { get; init; }
}
