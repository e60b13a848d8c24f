using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Workloads.Programs;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Verification.Suites;

/// <summary>
/// The default cost preset against the recorded composites: each small benchmark of the recorder is run as a program on the simulated machine, and its
/// time per operation must lie between the recorded 10th and 90th percentiles.
/// </summary>
internal static class CostComposites
{
    private const int Pages = 4096, Rounds = 200;
    private static readonly AccessStep TouchAll = Touch("r", Pages, 1);

    public static IEnumerable<VerificationCheck> Run(RecordedData data)
    {
        if (!File.Exists(data.Costs)) yield break;
        using JsonDocument recorded = JsonDocument.Parse(File.ReadAllText(data.Costs));
        JsonElement costs = recorded.RootElement.GetProperty("costs");

        RunResult touched = Execute([Map("r", Pages), TouchAll, new UnmapStep("r")]);
        RunResult untouched = Execute([Map("r", Pages), new UnmapStep("r")]);
        yield return Check("anon_demand_zero_fault", (Spent(touched, TimeCategory.PageFault) + Spent(touched, TimeCategory.User) + Spent(touched, TimeCategory.Translation)) / Pages);
        yield return Check("munmap_teardown_per_resident_page",
            (Spent(touched, TimeCategory.SystemCall) - Spent(untouched, TimeCategory.SystemCall)) / Pages);

        RunResult read = Execute([Map("r", Pages), Touch("r", Pages, 0)], hasZeroPage: true);
        yield return Check("zero_page_read_fault", (Spent(read, TimeCategory.PageFault) + Spent(read, TimeCategory.User) + Spent(read, TimeCategory.Translation)) / Pages);
        RunResult readThenWritten = Execute([Map("r", Pages), Touch("r", Pages, 0), TouchAll], hasZeroPage: true);
        yield return Check("zero_page_then_write_fault", (Busy(readThenWritten) - Busy(read)) / Pages);

        double pair = PerRound([Map("r", 1), new UnmapStep("r")]);
        yield return Check("mmap_munmap_pair_4k_untouched", pair);
        yield return Check("mmap_touch_munmap_4k", PerRound([Map("r", 1), Touch("r", 1, 1), new UnmapStep("r")]));
        yield return Check("syscall_getppid", CostModel.Find(CostModel.Presets[0])![Cost.SystemCallEntryExit].Nanoseconds);

        RunResult switched = Execute([new ComputeStep(SimTime.FromSeconds(1))], processes: 2);
        double perSwitch = Spent(switched, TimeCategory.Scheduling) / switched.KernelMeasured[Counter.ContextSwitches];
        double pipe = Median("pipe_write_read_no_switch");
        yield return Check("ctxsw_processes_pipe_same_core_oneway", perSwitch + pipe);

        RunResult swapping = Execute([Map("r", 2_000), TouchAll with { Count = 2_000 }, new AccessStep("r", new ModelSpec("uniform", new NoOptions()), 20_000, 0.5)], quota: 1_000,
            device: "sata-ssd");
        yield return Check("swapin_major_4k_incl_reclaim_and_writeout",
            swapping.Elapsed.Nanoseconds / 1e3 / swapping.Processes[0].Counters[Counter.Pgmajfault]);

        VerificationCheck Check(string name, double simulated)
        {
            JsonElement row = costs.GetProperty(name);
            return new VerificationCheck("costs", $"{name} ({row.GetProperty("unit").GetString()})", simulated, row.GetProperty("median").GetDouble(),
                row.GetProperty("p10").GetDouble(), row.GetProperty("p90").GetDouble(), "recorded, 10th to 90th percentile");
        }

        double Median(string name) => costs.GetProperty(name).GetProperty("median").GetDouble();
    }

    private static MapStep Map(string name, long pages) => new(name, pages, PageSize.Base);

    private static AccessStep Touch(string region, long count, double writes) => new(region, new ModelSpec("sequential", new SequentialOptions()), count, writes);

    /// <summary>
    /// Time of one round, beside a neighbour that keeps the upper page tables alive, as a real program's other mappings do. It is a huge mapping, with which
    /// the round's own does not merge.
    /// </summary>
    private static double PerRound(ProgramStep[] steps)
    {
        ProgramStep[] neighbour = [new MapStep("neighbour", 512, PageSize.Huge), Touch("neighbour", 1, 1)];
        double with = Busy(Execute([.. neighbour, new LoopStep(Rounds, steps)]));
        return (with - Busy(Execute(neighbour))) / Rounds;
    }

    private static RunResult Execute(ProgramStep[] steps, int processes = 1, bool hasZeroPage = false, int? quota = null, string device = "nvme") => new Machine(
        new MachineSpec
        {
            Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", "clock"),
            Scheduler = BuiltIn.Scheduler,
            AddressSpaces = BuiltIn.AddressSpaces,
            HasZeroPage = hasZeroPage,
            QuotaFrames = quota,
            SwapDevice = BlockDeviceSpec.Presets.First(preset => preset.Key == device).Value,
        },
        Enumerable.Range(0, processes).Select(id => new ProcessSpec($"p{id}", () => new ProgramRun(steps, path => 1), SimTime.Zero, 0))).Run();

    private static double Spent(RunResult result, TimeCategory category) => result.CpuTimes.Sum(cpu => cpu[(int)category].Nanoseconds);

    private static double Busy(RunResult result) => Enum.GetValues<TimeCategory>().Where(category => category != TimeCategory.Idle)
        .Sum(category => Spent(result, category));
}
