using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Policies.Scheduler;

/// <summary>
/// Runnable tasks wait in one queue; each runs for a quantum, or until it blocks, and goes to the queue's end.
/// <para>L. Kleinrock, "Analysis of a time-shared processor", Naval Research Logistics Quarterly 11(1), 1964.</para>
/// </summary>
[Paper("One queue; each task runs for a quantum or until it blocks, and goes to the end.",
    "L. Kleinrock, Analysis of a time-shared processor, Naval Research Logistics Quarterly 11(1), 1964")]
public sealed class RoundRobin : IPolicy<RoundRobin, RoundRobinOptions>, IScheduler
{
    private readonly SimTime _quantum;
    private readonly Queue<SimTask> _queue = new();

    private RoundRobin(SimTime quantum) => _quantum = quantum;

    public static string Name => "scheduler/round-robin";

    public static RoundRobin Create(RoundRobinOptions options, PolicyContext context) => new(options.Quantum);

    public int Waiting => _queue.Count;

    public void OnReady(SimTask task, bool wasRunning) => _queue.Enqueue(task);

    public SimTask SelectNext() => _queue.Dequeue();

    public void OnRan(SimTask task, SimTime time)
    {
    }

    public void OnLeft(SimTask task)
    {
    }

    public SimTime SliceOf(SimTask task) => _quantum;

    public bool Preempts(SimTask woken, SimTask running) => false;
}

/// <summary>Options of <see cref="RoundRobin"/>.</summary>
public sealed record RoundRobinOptions
{
    [Option("How long a task keeps a CPU that another one wants", Minimum = 1e3, Maximum = 1e12)]
    public SimTime Quantum { get; init; } = SimTime.FromMilliseconds(4);
}
