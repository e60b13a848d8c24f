using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Faults;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// What belongs to the measured part of a run. Each process is measured from its own warm-up on; the machine as a whole from when the last of
/// them is warm.
/// </summary>
internal sealed class MeasuredPart(MachineSpec spec, ProcessTable processes, Cpu[] cpus, CounterSet kernel, FaultTally faults)
{
    private static readonly TimeCategory[] Categories = Enum.GetValues<TimeCategory>();
    private SimTime[][]? _timesAtStart;
    private CounterSet? _kernelAtStart;
    private int _cold = processes.Count;

    /// <summary>When the measured part began; never, until it has.</summary>
    public SimTime From { get; private set; } = SimTime.Never;

    /// <summary>Counts that belong to no process, since then.</summary>
    public CounterSet KernelCounters => _kernelAtStart is null ? new CounterSet() : kernel.Since(_kernelAtStart);

    /// <summary>Time by CPU and category since then.</summary>
    public IReadOnlyList<IReadOnlyList<SimTime>> CpuTimes => cpus.Select((cpu, number) =>
        (IReadOnlyList<SimTime>)Categories.Select(category => _timesAtStart is null
            ? SimTime.Zero
            : cpu.Spent(category) - _timesAtStart[number][(int)category]).ToArray()).ToArray();

    /// <summary>How far into its block a task may go before its process is warm.</summary>
    public int LimitToWarmup(Process process, int position, int length)
    {
        if (process.AtWarm is not null || process.IsForked || spec.WarmupTime is not null) return length;
        long left = process.WarmupReferences - process.Counters[Counter.References];
        return (int)Math.Min(length, position + Math.Max(1, left));
    }

    /// <summary>A process has gone on: is it warm now?</summary>
    public void Observe(Process process, SimTime now)
    {
        if (process.AtWarm is not null || process.IsForked || spec.WarmupTime is not null) return;
        if (process.Counters[Counter.References] < process.WarmupReferences) return;
        Warm(process, now);
        if (--_cold == 0) Begin(now);
    }

    /// <summary>Time has gone on: is the warm-up over, where it is a time?</summary>
    public void ObserveTime(SimTime now)
    {
        if (From != SimTime.Never || spec.WarmupTime is not { } warmup || now < warmup) return;
        foreach (Process process in processes)
        {
            MarkWarm(process, now);
        }
        Begin(now);
    }

    /// <summary>A child is measured from its birth on if its parent is warm, and otherwise from when its parent is.</summary>
    public void OnBirth(Process child, SimTime now)
    {
        if (child.Parent?.AtWarm is not null) MarkWarm(child, now);
    }

    private static void Warm(Process process, SimTime now)
    {
        MarkWarm(process, now);
        foreach (Process child in process.Children)
        {
            if (child.AtWarm is null) Warm(child, now);
        }
    }

    private static void MarkWarm(Process process, SimTime now)
    {
        process.AtWarm = process.Counters.Snapshot();
        process.WarmAt = now;
    }

    private void Begin(SimTime now)
    {
        From = now;
        faults.Clear();
        _kernelAtStart = kernel.Snapshot();
        _timesAtStart = cpus.Select(cpu => Categories.Select(cpu.Spent).ToArray()).ToArray();
    }
}
