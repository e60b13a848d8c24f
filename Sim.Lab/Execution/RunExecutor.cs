using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab.Experiments;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Execution;

/// <summary>Executes one run of a study. A run is single-threaded and depends on nothing but its specification.</summary>
internal static class RunExecutor
{
    /// <summary>Runs it, and tells <paramref name="started"/> of the machine, so that its progress can be watched.</summary>
    public static RunRecord Execute(RunSpec run, SimTime? checkEvery, Action<Machine> started)
    {
        double? warmup = run.IsWarmupAuto ? FindWarmup(run, started) : null;
        (MachineSpec machine, IReadOnlyList<ProcessSpec> processes) = run.Build(warmup);
        RunResult result = RunMachine(machine with { CheckEvery = checkEvery }, processes, started);
        return RunRecorder.Record(run.Id, run.Replication, run.Seed, run.Parameters, machine, result);
    }

    /// <summary>
    /// The share of the references that MSER-5 drops from the fault rate over a run without warm-up. Where the rule cannot be trusted, because the
    /// run is too short to settle, half of the run is dropped.
    /// </summary>
    private static double FindWarmup(RunSpec run, Action<Machine> started)
    {
        (MachineSpec machine, IReadOnlyList<ProcessSpec> processes) = run.Build(0);
        IReadOnlyList<Sample> samples = RunMachine(machine, processes, started).Samples;
        Sample[] steps = [.. samples.Where((sample, index) => index == 0 || References(sample) > References(samples[index - 1]))];
        double[] rates = [.. steps.Zip(steps.Skip(1), (from, to) =>
            (double)(to.Counters[Counter.Pgfault] - from.Counters[Counter.Pgfault]) / (References(to) - References(from)))];
        Mser5 truncation = Mser5.Of(rates);
        return truncation.IsTrustworthy ? (double)References(steps[truncation.Observations]) / References(steps[^1]) : 0.5;
    }

    private static RunResult RunMachine(MachineSpec spec, IReadOnlyList<ProcessSpec> processes, Action<Machine> started)
    {
        var machine = new Machine(spec, processes);
        started(machine);
        return machine.Run();
    }

    private static long References(Sample sample) => sample.Counters[Counter.References];
}
