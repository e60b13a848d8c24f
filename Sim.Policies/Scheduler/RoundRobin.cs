using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Policies.Scheduler;

/// <summary>
/// Runnable tasks wait in one queue; each runs for a quantum, or until it blocks, and goes to the queue's end.
/// <para>L. Kleinrock, "Analysis of a time-shared processor", Naval Research Logistics Quarterly 11(1), 1964.</para>
/// </summary>
[Paper("One queue; each task runs for a quantum or until it blocks, and goes to the end.",
    "L. Kleinrock, Analysis of a time-shared processor, Naval Research Logistics Quarterly 11(1), 1964")]
public sealed class RoundRobin : IPolicy<RoundRobin, RoundRobinOptions>
{
    private RoundRobin(SimTime quantum) => Quantum = quantum;

    public static string Name => "scheduler/round-robin";

    /// <summary>How long a task keeps a CPU that another one wants.</summary>
    public SimTime Quantum { get; }

    public static RoundRobin Create(RoundRobinOptions options, PolicyContext context) => new(options.Quantum);
}

/// <summary>Options of <see cref="RoundRobin"/>.</summary>
public sealed record RoundRobinOptions
{
    /// <summary>The quantum.</summary>
    [Option("How long a task keeps a CPU that another one wants", Minimum = 1e3, Maximum = 1e12)]
    public SimTime Quantum { get; init; } = SimTime.FromMilliseconds(4);
}
