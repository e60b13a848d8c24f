using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Sim.Workloads.Synthetic;

namespace Sim.Tests.Machines;

/// <summary>Short ways to say what a machine shall run.</summary>
internal static class MachineRun
{
    public static MachineSpec Spec(string reclaim = "clock", int? quota = null) => new()
    {
        Memory = new ByteSize(64 << 20),
        Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", reclaim),
        Scheduler = BuiltIn.Scheduler,
        AddressSpaces = BuiltIn.AddressSpaces,
        QuotaFrames = quota,
        CheckEvery = SimTime.FromMicroseconds(200),
    };

    public static PolicyChoice Scheduler(string text) => PolicyChoice.Parse(BuiltIn.Policies, "scheduler", text);

    public static RunResult Of(MachineSpec spec, params ProgramStep[] steps) => Of(spec, [steps]);

    public static RunResult Of(MachineSpec spec, IEnumerable<ProgramStep[]> processes) => new Machine(spec, processes.Select((steps, id) => Process(id, steps))).Run();

    public static ProcessSpec Process(int id, ProgramStep[] steps, SimTime arrival = default, long warmup = 0) =>
        new($"p{id}", () => new ProgramRun(steps, path => RandomStream.SeedOf(1, 0, $"{id}{path}")), arrival, warmup);

    public static MapStep Map(string name, long pages, PageSize size = PageSize.Base) => new(name, pages, size);

    public static AccessStep Sequential(string region, long count, double writes = 1) =>
        new(region, new ModelSpec("sequential", new SequentialOptions()), count, writes);

    public static AccessStep Uniform(string region, long count, double writes = 0.5) => new(region, new ModelSpec("uniform", new NoOptions()), count, writes);

    public static AccessStep Skewed(string region, long count, double writes = 0.3) =>
        new(region, new ModelSpec("zipf", new ZipfOptions { Alpha = 0.9 }), count, writes);
}
