using System.Collections.Generic;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Round robin: one queue of runnable tasks, first come, first served; a task keeps its CPU for a quantum while others wait. A task that wakes
/// runs at once on the CPU where it was woken if that is idle, otherwise an idle one hears of it a cross-CPU latency later.
/// </summary>
internal sealed class Scheduler(Cpu[] cpus, EventQueue events, ContextSwitches switches, CounterSet counters, SimTime quantum) : IRunQueue
{
    private readonly Queue<SimTask> _runnable = new();

    /// <summary>Tasks that wait for a CPU.</summary>
    public int Waiting => _runnable.Count;

    /// <summary>Where and when the wake-ups that are happening now happen.</summary>
    public (int Cpu, SimTime Time) WakingContext { get; set; }

    public void MakeRunnable(SimTask task)
    {
        if (task.State == TaskState.Dead) return;
        task.State = TaskState.Runnable;
        Cpu here = cpus[WakingContext.Cpu];
        if (here.Stop == StopReason.Idle && _runnable.Count == 0)
        {
            here.IdleUntil(WakingContext.Time);
            Switch(here, task);
            return;
        }
        _runnable.Enqueue(task);
        if (here.Stop == StopReason.Idle)
        {
            here.IdleUntil(WakingContext.Time);
            PickNext(here);
            return;
        }
        foreach (Cpu idle in cpus)
        {
            if (idle.Stop != StopReason.Idle || idle.IsBeingWoken) continue;
            idle.IsBeingWoken = true;
            events.Schedule(WakingContext.Time + here.Costs[Cost.InterruptDelivery], (int)EventKind.Dispatch, idle.Number);
            return;
        }
    }

    /// <summary>An idle CPU takes the next runnable task, if there is one.</summary>
    public void Dispatch(Cpu cpu, SimTime time)
    {
        cpu.IsBeingWoken = false;
        if (cpu.Stop != StopReason.Idle) return;
        cpu.IdleUntil(time);
        PickNext(cpu);
    }

    /// <summary>The CPU has no task any more: it takes the next one or goes idle.</summary>
    public void PickNext(Cpu cpu)
    {
        SimTask? next = null;
        while (next is null && _runnable.TryDequeue(out SimTask? candidate))
        {
            if (candidate.State == TaskState.Runnable) next = candidate;
        }
        if (next is not null)
        {
            Switch(cpu, next);
            return;
        }
        cpu.Current = null;
        TimeCategory before = cpu.Enter(TimeCategory.Scheduling);
        switches.ToKernel(cpu);
        cpu.Enter(before);
        cpu.Stop = StopReason.Idle;
    }

    private void Switch(Cpu cpu, SimTask next)
    {
        cpu.Current = next;
        TimeCategory before = cpu.Enter(TimeCategory.Scheduling);
        counters.Add(Counter.ContextSwitches);
        if (next.IsKernelThread)
        {
            cpu.Charge(Cost.KernelThreadSwitch);
            counters.Add(Counter.ContextSwitchesKernelThread);
            switches.ToKernel(cpu);
        }
        else
        {
            cpu.Charge(Cost.ContextSwitch);
            counters.Add(ReferenceEquals(cpu.LoadedMm, next.Mm) ? Counter.ContextSwitchesSameMm : Counter.ContextSwitchesOtherMm);
            switches.ToProcess(cpu, next.Mm);
        }
        cpu.Enter(before);
        next.State = TaskState.Running;
        cpu.Stop = StopReason.None;
        cpu.QuantumEnds = cpu.Now + quantum;
    }

    /// <summary>The quantum is over: somebody else's turn, if somebody waits.</summary>
    public void OnQuantumEnd(Cpu cpu)
    {
        cpu.Stop = StopReason.None;
        if (_runnable.Count == 0)
        {
            cpu.QuantumEnds = cpu.Now + quantum;
            return;
        }
        SimTask task = cpu.Current!;
        task.State = TaskState.Runnable;
        _runnable.Enqueue(task);
        PickNext(cpu);
    }
}
