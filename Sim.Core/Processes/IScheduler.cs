using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Processes;

/// <summary>
/// The `scheduler` policy point: which of the tasks that can run runs next, and for how long. One instance a machine, whose CPUs take from one queue;
/// registered by <see cref="IPolicy{TSelf,TOptions}"/>. A task is waiting (<see cref="OnReady"/>), running (<see cref="SelectNext"/>) or neither
/// (<see cref="OnLeft"/>). A task that is killed while it waits is still handed out, and its CPU asks for the next.
/// </summary>
public interface IScheduler
{
    /// <summary>Tasks that wait for a CPU.</summary>
    int Waiting { get; }

    /// <summary>A task can run. It woke or is new, or it ran until now: its time was up, or another one takes its CPU.</summary>
    void OnReady(SimTask task, bool wasRunning);

    /// <summary>Hands out the task that is to run now, which waits no more. Called only while some wait.</summary>
    SimTask SelectNext();

    /// <summary>A running task has used CPU time since it was handed out, or since this was last called for it.</summary>
    void OnRan(SimTask task, SimTime time);

    /// <summary>A running task has gone to sleep or ended.</summary>
    void OnLeft(SimTask task);

    /// <summary>How long a task that was just handed out may keep its CPU while others wait; above zero, <see cref="SimTime.Never"/> for as long as it likes.</summary>
    SimTime SliceOf(SimTask task);

    /// <summary>Whether a task that has just woken, and waits, takes the CPU from the one that runs where it woke.</summary>
    bool Preempts(SimTask woken, SimTask running);
}
