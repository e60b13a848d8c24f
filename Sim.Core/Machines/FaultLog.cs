using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>How long each fault took, for the handler's tally and, where they are asked for, for the records of single faults.</summary>
internal sealed class FaultLog(FaultHandler handler, bool keepsRecords)
{
    private readonly List<FaultRecord> _records = [];

    /// <summary>Every fault in the order in which they were handled; none unless they are kept.</summary>
    public IReadOnlyList<FaultRecord> Records => _records;

    /// <summary>
    /// The handler is done with a fault that a task's access, or a call of it, made at <paramref name="began"/>. One over which the task sleeps is over with
    /// <see cref="OnWake"/>.
    /// </summary>
    public void OnFault(SimTask task, ulong page, SimTime began, ICharge cpu)
    {
        FaultKind kind = handler.Last;
        bool waits = kind.Outcome is FaultOutcome.Waiting or FaultOutcome.WaitingToRetry or FaultOutcome.Reading;
        bool goesOn = kind.Outcome is FaultOutcome.Mapped or FaultOutcome.Spurious;
        if (goesOn) handler.Tally.AddLatency(kind, cpu.Now - began);
        if (waits) (task.FaultBegan, task.FaultKind, task.FaultRecord) = (began, kind, _records.Count);
        if (keepsRecords) Keep(task.Process, page, began, cpu, goesOn ? cpu.Now - began : SimTime.Zero);
    }

    /// <summary>A task wakes that slept over a fault, or is done with one that it went on with then.</summary>
    public void OnWake(SimTask task, SimTime now)
    {
        SimTime latency = now - task.FaultBegan;
        task.FaultBegan = SimTime.Never;
        handler.Tally.AddLatency(task.FaultKind, latency);
        if (keepsRecords) CollectionsMarshal.AsSpan(_records)[task.FaultRecord] = _records[task.FaultRecord] with { Latency = latency };
    }

    private void Keep(Process process, ulong page, SimTime began, ICharge payer, SimTime latency) =>
        _records.Add(new FaultRecord(began, payer.Cpu, process.Id, new PageNumber(page).Address, handler.Last, latency));
}
