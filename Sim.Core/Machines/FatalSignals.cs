using System;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Signals that end a process: the task that runs dies at once, its other threads when they hear of it, a cross-CPU latency later.</summary>
internal sealed class FatalSignals(Cpu[] cpus, EventQueue events, Lifecycle lifecycle, Scheduler scheduler, SimTime latency)
{
    /// <summary>Ends the running task of a process now and its other tasks a cross-CPU latency later.</summary>
    public void Kill(Cpu cpu, Process process, Counter reason, string why)
    {
        if (process.KilledBy is null)
        {
            process.KilledBy = why;
            process.Counters.Add(reason);
            EndAllBut(cpu.Current, process, cpu);
        }
        TimeCategory before = cpu.Enter(TimeCategory.PageFault);
        lifecycle.EndTask(cpu.Current!, cpu);
        cpu.Enter(before);
        scheduler.PickNext(cpu);
    }

    /// <summary>A process ends another one, all of whose tasks hear of it a cross-CPU latency later.</summary>
    public void Send(Cpu cpu, Process target, string why)
    {
        if (target.KilledBy is null) (target.KilledBy, target.IsKilledOnPurpose) = (why, true);
        EndAllBut(null, target, cpu);
    }

    /// <summary>The other threads of a task's process end: exec.</summary>
    public void EndOthers(Cpu cpu, SimTask task) => EndAllBut(task, task.Process, cpu);

    /// <summary>A task hears that its process is being killed.</summary>
    public void Deliver(SimTask task, SimTime time)
    {
        if (task.State == TaskState.Dead) return;
        Cpu? runsOn = Array.Find(cpus, cpu => ReferenceEquals(cpu.Current, task));
        Cpu payer = runsOn ?? cpus[0];
        payer.ReceiveAt(time);
        TimeCategory before = payer.Enter(TimeCategory.Interrupt);
        scheduler.WakingContext = (payer.Number, payer.Now);
        lifecycle.EndTask(task, payer);
        payer.Enter(before);
        if (runsOn is not null) scheduler.PickNext(runsOn);
    }

    private void EndAllBut(SimTask? spared, Process process, Cpu sender)
    {
        foreach (SimTask task in process.Tasks)
        {
            if (task.State != TaskState.Dead && !ReferenceEquals(task, spared)) events.Schedule(sender.Now + latency, (int)EventKind.Kill, task.Id);
        }
    }
}
