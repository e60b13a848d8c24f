using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Stops over memory: a fault, from the entry to what becomes of the task, and pages that a policy wants gone unasked.</summary>
internal sealed class FaultStops(FaultHandler faults, Reclaimer reclaimer, Scheduler scheduler, FatalSignals signals, FaultLog log)
{
    /// <summary>A CPU has stopped at an access.</summary>
    public void Handle(Cpu cpu)
    {
        SimTask task = cpu.Current!;
        (ulong page, bool isStore) = cpu.Fault;
        bool isGoingOn = task.GoesOnWithFault;
        SimTime began = task.LockAwaitedSince ?? cpu.Now;
        cpu.Stop = StopReason.None;
        TimeCategory before = cpu.Enter(TimeCategory.PageFault);
        FaultOutcome outcome = faults.Handle(task.Mm, page, FaultErrorCode.User | (isStore ? FaultErrorCode.Write : 0), task, cpu, task.Process.Counters,
            isGoingOn: isGoingOn);
        cpu.Enter(before);
        if (!isGoingOn) log.OnFault(task, page, began, cpu);
        else if (outcome is FaultOutcome.Mapped or FaultOutcome.Spurious) log.OnWake(task, cpu.Now);
        task.GoesOnWithFault = outcome == FaultOutcome.Reading || (isGoingOn && outcome == FaultOutcome.WaitingToRetry);
        if (task.GoesOnWithFault) task.SuspendedFault = (page, isStore);
        task.CompletesFault = outcome is FaultOutcome.Mapped or FaultOutcome.Waiting;
        switch (outcome)
        {
            case FaultOutcome.Waiting or FaultOutcome.WaitingToRetry or FaultOutcome.Reading:
                task.State = TaskState.Blocked;
                scheduler.PickNext(cpu);
                break;
            case FaultOutcome.BadArea:
                signals.Kill(cpu, task.Process, Counter.SegmentationFaults, "SIGSEGV at " + new PageNumber(page).Address);
                break;
            case FaultOutcome.BusError:
                signals.Kill(cpu, task.Process, Counter.SegmentationFaults, "SIGBUS at " + new PageNumber(page).Address);
                break;
            case FaultOutcome.OutOfMemory:
                signals.Kill(cpu, task.Process, Counter.OomKill, "out of memory and swap");
                break;
        }
    }

    /// <summary>A CPU has stopped after an access that made the policy want pages gone.</summary>
    public void EvictSurplus(Cpu cpu)
    {
        SimTask task = cpu.Current!;
        cpu.Stop = StopReason.None;
        TimeCategory before = cpu.Enter(TimeCategory.Reclaim);
        reclaimer.EvictSurplus(task.Mm.Domain, cpu, task.Process.Counters);
        cpu.Enter(before);
    }
}
