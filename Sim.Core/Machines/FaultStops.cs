using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Stops over memory: a fault, from the entry to what becomes of the task, and pages that a policy wants gone unasked.</summary>
internal sealed class FaultStops(FaultHandler faults, Reclaimer reclaimer, Scheduler scheduler, FatalSignals signals, MeasuredPart measured, bool records)
{
    private readonly List<FaultRecord> _records = [];

    /// <summary>Every fault so far, if they are recorded.</summary>
    public IReadOnlyList<FaultRecord> Records => _records;

    /// <summary>A CPU has stopped at an access.</summary>
    public void Handle(Cpu cpu)
    {
        SimTask task = cpu.Current!;
        (ulong page, bool isStore) = cpu.Fault;
        SimTime began = cpu.Now;
        cpu.Stop = StopReason.None;
        TimeCategory before = cpu.Enter(TimeCategory.PageFault);
        FaultOutcome outcome = faults.Handle(task.Mm, page, FaultErrorCode.User | (isStore ? FaultErrorCode.Write : 0), task, cpu, task.Process.Counters);
        cpu.Enter(before);
        if (records)
            _records.Add(new FaultRecord(began, cpu.Number, task.Process.Id, new PageNumber(page).Address, 4 | (isStore ? 2 : 0), outcome, cpu.Now - began));
        task.CompletesFault = outcome is FaultOutcome.Mapped or FaultOutcome.Waiting;
        switch (outcome)
        {
            case FaultOutcome.Mapped or FaultOutcome.Spurious:
                measured.RecordFault(cpu.Now - began);
                break;
            case FaultOutcome.Waiting or FaultOutcome.WaitingToRetry:
                task.FaultBegan = began;
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
