using System.Collections.Generic;
using Sim.Core.Faults;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What a run leaves behind.</summary>
public sealed record RunResult
{
    /// <summary>Stands for everything that happened, in order.</summary>
    public required ulong Digest { get; init; }

    /// <summary>When the last process ended.</summary>
    public required SimTime Elapsed { get; init; }

    /// <summary>When the measured part began; <see cref="SimTime.Never"/> when the run ended before.</summary>
    public required SimTime MeasuredFrom { get; init; }

    /// <summary>The processes, each with its counters.</summary>
    public required IReadOnlyList<Process> Processes { get; init; }

    /// <summary>Counts that belong to no process, over the measured part.</summary>
    public required CounterSet KernelMeasured { get; init; }

    /// <summary>Time by CPU and category over the measured part.</summary>
    public required IReadOnlyList<IReadOnlyList<SimTime>> CpuTimes { get; init; }

    /// <summary>The faults of the measured part by kind, with their latencies.</summary>
    public required FaultTally FaultsByKind { get; init; }

    /// <summary>From fault to going on, over the measured part.</summary>
    public required LatencyHistogram FaultLatency { get; init; }

    /// <summary>How long tasks waited for the lock of their address space, those that had to.</summary>
    public required LatencyHistogram MmLockWait { get; init; }

    /// <summary>How long tasks were held back that made pages of files dirty while too many were.</summary>
    public required LatencyHistogram DirtyWait { get; init; }

    /// <summary>From submission to completion of device requests, over the whole run.</summary>
    public required LatencyHistogram DeviceLatency { get; init; }

    /// <summary>Time that the device's channels were busy, summed over them, over the whole run.</summary>
    public required SimTime DeviceBusy { get; init; }

    /// <summary>The same of requests to the device of the files.</summary>
    public required LatencyHistogram DiskLatency { get; init; }

    /// <summary>Time that its channels were busy, summed over them, over the whole run.</summary>
    public required SimTime DiskBusy { get; init; }

    /// <summary>Most bytes that page tables and other kernel objects ever took at a sample.</summary>
    public required ByteSize PeakKernelBytes { get; init; }

    /// <summary>Most bytes that objects of each kind ever took, in the order of <see cref="Sim.Core.Contracts.KernelObject"/>.</summary>
    public required IReadOnlyList<ByteSize> PeakBytesOfKind { get; init; }

    /// <summary>Most bytes that kernel steps of programs held at once.</summary>
    public required ByteSize PeakStepBytes { get; init; }

    /// <summary>What those took of memory: slabs of kmalloc, frames, areas.</summary>
    public required ByteSize PeakStepTakenBytes { get; init; }

    /// <summary>Shootdowns that gave freed vmalloc areas back, over the whole run.</summary>
    public required long VmallocPurges { get; init; }

    /// <summary>Page tables of the vmalloc range at the end.</summary>
    public required ByteSize VmallocTableBytes { get; init; }

    /// <summary>Memory at the times of <see cref="MachineSpec.SnapshotsAt"/> that the run reached.</summary>
    public required IReadOnlyList<MemorySnapshot> Snapshots { get; init; }

    /// <summary>The machine over simulated time.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>Every fault, when that was asked for.</summary>
    public required IReadOnlyList<FaultRecord> Faults { get; init; }
}
