using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Gives CPUs to tasks as the policy decides. A task that wakes runs at once on the CPU where it was woken if that is idle; otherwise an idle one hears of it
/// a cross-CPU latency later; and where none is idle it may take the CPU where it was woken.
/// </summary>
internal sealed class Scheduler(Cpu[] cpus, EventQueue events, ContextSwitches switches, CounterSet counters, IScheduler policy) : IRunQueue
{
    private readonly (SimTask? Task, SimTime Since)[] _running = new (SimTask?, SimTime)[cpus.Length];

    /// <summary>Tasks that wait for a CPU.</summary>
    public int Waiting => policy.Waiting;

    /// <summary>When a task last left its CPU.</summary>
    public SimTime LastLeft { get; set; } = SimTime.Never;

    /// <summary>Where and when the wake-ups that are happening now happen.</summary>
    public (int Cpu, SimTime Time) WakingContext { get; set; }

    public void MakeRunnable(SimTask task)
    {
        if (task.State == TaskState.Dead) return;
        task.State = TaskState.Runnable;
        policy.OnReady(task, wasRunning: false);
        Cpu here = cpus[WakingContext.Cpu];
        if (here.Stop == StopReason.Idle)
        {
            here.IdleUntil(WakingContext.Time);
            PickNext(here);
            TryWakeIdle(here, WakingContext.Time);
            return;
        }
        if (TryWakeIdle(here, WakingContext.Time)) return;
        if (here.Current is not { } running) return;
        Account(here);
        if (policy.Preempts(task, running)) here.QuantumEnds = here.Now;
    }

    /// <summary>An idle CPU takes the next runnable task, if there is one.</summary>
    public void Dispatch(Cpu cpu, SimTime time)
    {
        cpu.IsBeingWoken = false;
        if (cpu.Stop == StopReason.Idle)
        {
            cpu.IdleUntil(time);
            PickNext(cpu);
        }
        else TryWakeIdle(cpu, time);
    }

    /// <summary>The CPU has no task any more: it takes the next one or goes idle.</summary>
    public void PickNext(Cpu cpu)
    {
        LastLeft = cpu.Now;
        Account(cpu);
        if (_running[cpu.Number].Task is { } last) policy.OnLeft(last);
        _running[cpu.Number].Task = null;
        if (SelectNext() is { } next)
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

    /// <summary>The task's time is over, or another one wants the CPU: somebody else's turn, if the policy says so.</summary>
    public void OnQuantumEnd(Cpu cpu)
    {
        LastLeft = cpu.Now;
        cpu.Stop = StopReason.None;
        SimTask task = cpu.Current!;
        Account(cpu);
        if (policy.Waiting > 0)
        {
            task.State = TaskState.Runnable;
            policy.OnReady(task, wasRunning: true);
            SimTask next = SelectNext()!;
            if (!ReferenceEquals(next, task))
            {
                Switch(cpu, next);
                return;
            }
            task.State = TaskState.Running;
        }
        cpu.QuantumEnds = cpu.Now.SaturatingAdd(policy.SliceOf(task));
    }

    /// <summary>The running task lets whoever is next go first, whatever the policy thinks of the two: a fork after which the child runs first.</summary>
    public void GiveWay(Cpu cpu)
    {
        SimTask task = cpu.Current!;
        Account(cpu);
        if (SelectNext() is not { } next) return;
        task.State = TaskState.Runnable;
        policy.OnReady(task, wasRunning: true);
        Switch(cpu, next);
    }

    /// <summary>Interrupts an idle CPU, if there is one and more tasks wait than CPUs are on their way to them.</summary>
    private bool TryWakeIdle(Cpu from, SimTime time)
    {
        if (cpus.Length == 1) return false;
        int coming = 0;
        Cpu? idle = null;
        foreach (Cpu cpu in cpus)
        {
            if (cpu.Stop != StopReason.Idle) continue;
            if (cpu.IsBeingWoken) coming++;
            else idle ??= cpu;
        }
        if (idle is null || policy.Waiting <= coming) return false;
        idle.IsBeingWoken = true;
        events.Schedule(time + from.Costs[Cost.InterruptDelivery], (int)EventKind.Dispatch, idle.Number);
        return true;
    }

    /// <summary>The next task that is not dead, or null. Those that were killed while they waited leave here.</summary>
    private SimTask? SelectNext()
    {
        while (policy.Waiting > 0)
        {
            SimTask next = policy.SelectNext();
            if (next.State == TaskState.Runnable) return next;
            policy.OnLeft(next);
        }
        return null;
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
        if (next.SuspendedFault is { } fault)
        {
            (cpu.Fault, cpu.Stop) = (fault, StopReason.Fault);
            next.SuspendedFault = null;
        }
        _running[cpu.Number] = (next, cpu.Now);
        cpu.QuantumEnds = cpu.Now.SaturatingAdd(policy.SliceOf(next));
    }

    /// <summary>Tells the policy how long the CPU's task has run since it was last told: update_curr.</summary>
    private void Account(Cpu cpu)
    {
        ref (SimTask? Task, SimTime Since) running = ref _running[cpu.Number];
        if (running.Task is null) return;
        policy.OnRan(running.Task, cpu.Now - running.Since);
        running.Since = cpu.Now;
    }
}
