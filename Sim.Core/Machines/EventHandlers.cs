using System;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What events do when their time has come.</summary>
internal sealed class EventHandlers(EventQueue events, Cpu[] cpus, ProcessTable processes, ProcessSpec[] specs, Lifecycle lifecycle, Scheduler scheduler, Shootdowns shootdowns,
    TransferTable transfers, FileRequests? requests, Flusher? flusher, FatalSignals signals, MeasuredPart measured, MmLocks? locks)
{
    /// <summary>How often a process that finds no memory to start is tried again while pages are being written out: MAX_RECLAIM_RETRIES.</summary>
    private const int StartRetries = 16;

    private readonly int[] _attempts = new int[specs.Length];

    /// <summary>After how long: assumed.</summary>
    private static SimTime StartRetryDelay => SimTime.FromMilliseconds(1);

    /// <summary>An event happens.</summary>
    public void Execute(Event happening)
    {
        scheduler.WakingContext = (0, happening.Time);
        switch ((EventKind)happening.Kind)
        {
            case EventKind.Arrival:
                Arrive(happening.Argument, happening.Time);
                break;
            case EventKind.Wake:
                lifecycle.Tasks[happening.Argument].Wake();
                break;
            case EventKind.DeviceDone:
                Interrupt(transfers.CpuOf(happening.Argument), happening.Time);
                transfers.OnDeviceDone(happening.Argument, happening.Time);
                flusher?.OnFewer(happening.Time);
                break;
            case EventKind.FileRequestDone:
                Interrupt(requests!.CpuOf(happening.Argument), happening.Time);
                requests.OnDone(happening.Argument);
                flusher?.OnFewer(happening.Time);
                break;
            case EventKind.Flush:
                flusher!.OnTimer(happening.Time);
                break;
            case EventKind.Shootdown:
                shootdowns.Deliver(happening.Argument, happening.Time);
                break;
            case EventKind.Dispatch:
                scheduler.Dispatch(cpus[happening.Argument], happening.Time);
                break;
            case EventKind.LockHandOver:
                locks!.HandOver(happening.Argument, happening.Time);
                break;
            case EventKind.Kill:
                signals.Deliver(lifecycle.Tasks[happening.Argument], happening.Time);
                break;
        }
    }

    private void Arrive(int id, SimTime time)
    {
        Cpu payer = Array.Find(cpus, cpu => cpu.Stop == StopReason.Idle && !cpu.IsBeingWoken) ?? cpus[0];
        payer.ReceiveAt(time);
        TimeCategory before = payer.Enter(TimeCategory.SystemCall);
        scheduler.WakingContext = (payer.Number, payer.Now);
        bool hasStarted = lifecycle.TryStartProcess(processes[id], specs[id].Program(), payer);
        payer.Enter(before);
        if (!hasStarted && transfers.Count > 0 && _attempts[id]++ < StartRetries)
        {
            events.Schedule(payer.Now + StartRetryDelay, (int)EventKind.Arrival, id);
            return;
        }
        if (!hasStarted) lifecycle.Refuse(processes[id], payer.Now);
        measured.Observe(processes[id], payer.Now);
    }

    /// <summary>A device interrupts the CPU that made a request of it; who wakes, wakes there.</summary>
    private void Interrupt(int number, SimTime time)
    {
        Cpu cpu = cpus[number];
        cpu.ReceiveAt(time);
        TimeCategory before = cpu.Enter(TimeCategory.Interrupt);
        cpu.Charge(Cost.DeviceInterrupt);
        cpu.Enter(before);
        scheduler.WakingContext = (cpu.Number, cpu.Stop == StopReason.Idle ? cpu.Now : time);
    }
}
