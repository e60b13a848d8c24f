using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Machines;
using Sim.Lab.Experiments.Binding;
using Sim.Lab.Results;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments;

/// <summary>One run of a study: everything that decides its outcome.</summary>
public sealed class RunSpec
{
    private readonly BoundRun _bound;

    internal RunSpec(BoundRun bound, string configuration, StudyPoint point, int replication, long seed, IReadOnlyList<ParameterValue> parameters)
    {
        _bound = bound;
        Id = RunIdentity.Of(configuration, seed, replication);
        Point = point;
        Replication = replication;
        Seed = seed;
        Parameters = parameters;
    }

    /// <summary>The run's identity, 16 hexadecimal digits: runs of one identity have one result.</summary>
    public string Id { get; }

    /// <summary>The point of the grid.</summary>
    public StudyPoint Point { get; }

    /// <summary>The replication, from 0.</summary>
    public int Replication { get; }

    /// <summary>The study's seed.</summary>
    public long Seed { get; }

    /// <summary>What the study sets, in its order.</summary>
    public IReadOnlyList<ParameterValue> Parameters { get; }

    /// <summary>References that all processes make, unless one is killed.</summary>
    public long TotalReferences => _bound.Processes.Sum(process => process.References * process.Count);

    /// <summary>The seed of the machine's own streams in one replication of a study.</summary>
    public static ulong MachineSeed(ulong studySeed, int replication) => RandomStream.SeedOf(studySeed, replication, "machine");

    /// <summary>Whether the warm-up is to be found from the run itself: <see cref="Build"/> is then given a share.</summary>
    public bool IsWarmupAuto => _bound.Warmup.IsAuto;

    /// <summary>
    /// A machine and its processes, fresh for one run. The workload's streams depend on seed, replication, process and step alone, so that
    /// policies and machines are compared on the same references.
    /// </summary>
    /// <param name="warmupShare">The share of each process's references that is warm-up, in place of what the study says.</param>
    public (MachineSpec Machine, IReadOnlyList<ProcessSpec> Processes) Build(double? warmupShare = null)
    {
        Warmup warmup = warmupShare is { } share ? new Warmup(share, 0, null, false) : _bound.Warmup;
        MachineSpec machine = _bound.Machine with
        {
            Seed = MachineSeed((ulong)Seed, Replication),
            WarmupTime = warmup.Time,
        };
        if (machine.Reclaim.Entry.NeedsFuture)
            machine = machine with { Future = ReferencePreview.Of(Program(_bound.Processes[0], 0), _bound.Processes[0].References) };
        return (machine, [.. _bound.Processes.SelectMany(process => Enumerable.Range(0, process.Count).Select(instance => Instance(process, instance, warmup)))]);
    }

    private ProcessSpec Instance(BoundProcess process, int instance, Warmup warmup) => new(
        process.Count == 1 ? process.Name : string.Create(CultureInfo.InvariantCulture, $"{process.Name}-{instance}"),
        () => Program(process, instance),
        process.Arrival + process.Every * instance,
        warmup.ReferencesOf(process.OwnReferences))
    {
        Nice = process.Nice,
        Priority = process.Priority,
    };

    private ITaskProgram Program(BoundProcess process, int instance)
    {
        string owner = string.Create(CultureInfo.InvariantCulture, $"process/{process.Name}/{instance}");
        return new ProgramRun(process.Steps, path => RandomStream.SeedOf((ulong)Seed, Replication, owner + path));
    }
}
