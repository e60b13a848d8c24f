using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Policies.Scheduler;

/// <summary>
/// First come, first served: a task runs until it blocks or ends. Of several priorities the highest goes first; a task that wakes takes the CPU from one of
/// lower priority, which goes back to the head of its own.
/// <para>IEEE Std 1003.1b-1993 (POSIX.1b), SCHED_FIFO; Linux 6.18, kernel/sched/rt.c.</para>
/// </summary>
[Paper("A task runs until it blocks; higher priorities go first, and take the CPU when they wake.",
    "IEEE Std 1003.1b-1993 (POSIX.1b), SCHED_FIFO; Linux 6.18, kernel/sched/rt.c")]
public sealed class Fifo : IPolicy<Fifo, NoOptions>, IScheduler
{
    private readonly LinkedList<SimTask>[] _queues = new LinkedList<SimTask>[Process.HighestPriority + 1];

    private Fifo()
    {
        for (int priority = 0; priority < _queues.Length; priority++) _queues[priority] = new LinkedList<SimTask>();
    }

    public static string Name => "scheduler/fifo";

    public static Fifo Create(NoOptions options, PolicyContext context) => new();

    public int Waiting { get; private set; }

    public void OnReady(SimTask task, bool wasRunning)
    {
        LinkedList<SimTask> queue = _queues[task.Process.Priority];
        if (wasRunning) queue.AddFirst(task);
        else queue.AddLast(task);
        Waiting++;
    }

    public SimTask SelectNext()
    {
        int priority = _queues.Length - 1;
        while (_queues[priority].Count == 0) priority--;
        SimTask next = _queues[priority].First!.Value;
        _queues[priority].RemoveFirst();
        Waiting--;
        return next;
    }

    public void OnRan(SimTask task, SimTime time)
    {
    }

    public void OnLeft(SimTask task)
    {
    }

    public SimTime SliceOf(SimTask task) => SimTime.Never;

    public bool Preempts(SimTask woken, SimTask running) => woken.Process.Priority > running.Process.Priority;
}
