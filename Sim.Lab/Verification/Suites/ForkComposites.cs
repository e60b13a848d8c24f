using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Workloads.Programs;

namespace Sim.Lab.Verification.Suites;

/// <summary>The default cost preset against the recorded composites of fork: the call itself, the life of a child that only ends, and the first store to a shared page.</summary>
internal static class ForkComposites
{
    private const long PagesPerMiB = (1 << 20) / ByteSize.PageBytes;
    private static readonly ProgramStep[] Child = [new ExitStep()];

    public static IEnumerable<VerificationCheck> Run(RecordedData data)
    {
        if (!File.Exists(data.Costs)) yield break;
        using JsonDocument recorded = JsonDocument.Parse(File.ReadAllText(data.Costs));
        JsonElement costs = recorded.RootElement.GetProperty("costs");
        foreach (int size in (int[])[0, 4, 16, 64, 256])
        {
            RunResult two = Execute([.. Fill(size), new ForkStep(2, Child), new WaitStep(ForAll: true)]);
            RunResult one = Execute([.. Fill(size), new ForkStep(1, Child), new WaitStep(ForAll: true)]);
            // Children start where their forks end, and the parent goes on at once.
            yield return Check($"fork_call_{size.ToString(CultureInfo.InvariantCulture)}MiB", (two.Processes[2].Started - two.Processes[1].Started).Nanoseconds / 1000);
            yield return Check($"fork_exit_wait_{size.ToString(CultureInfo.InvariantCulture)}MiB", (Busy(one) - Busy(Execute(Fill(size)))) / 1000);
        }
        const int pages = 4096;
        var all = new TouchStep("r", pages, false, 1);
        RunResult copied = Execute([.. Fill(16), new ForkStep(1, [all]), new WaitStep(ForAll: true)]), untouched = Execute([.. Fill(16), new ForkStep(1, Child)]);
        yield return Check("cow_fault_copy_4k", (OfAccess(copied) - OfAccess(untouched)) / pages);
        RunResult reused = Execute([.. Fill(16), new ForkStep(1, Child), new WaitStep(ForAll: true), all]);
        yield return Check("cow_fault_reuse_last_owner", (OfAccess(reused) - OfAccess(untouched)) / pages);

        VerificationCheck Check(string name, double simulated)
        {
            JsonElement row = costs.GetProperty(name);
            return new VerificationCheck("costs", $"{name} ({row.GetProperty("unit").GetString()})", simulated, row.GetProperty("median").GetDouble(),
                row.GetProperty("p10").GetDouble(), row.GetProperty("p90").GetDouble(), "recorded, 10th to 90th percentile");
        }
    }

    private static ProgramStep[] Fill(int mebibytes) => mebibytes == 0 ? []
        : [new MapStep("r", mebibytes * PagesPerMiB, PageSize.Base), new TouchStep("r", mebibytes * PagesPerMiB, false, 1)];

    private static RunResult Execute(ProgramStep[] steps) => new Machine(
        new MachineSpec
        {
            Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", "clock"),
            AddressSpaces = BuiltIn.AddressSpaces,
            Scheduler = PolicyChoice.Parse(BuiltIn.Policies, "scheduler", "round-robin(quantum=10s)"),
        },
        [new ProcessSpec("p", () => new ProgramRun(steps, path => 1), SimTime.Zero, 0)]).Run();

    private static double OfAccess(RunResult result) => Spent(result, TimeCategory.PageFault) + Spent(result, TimeCategory.User) + Spent(result, TimeCategory.Translation);

    private static double Spent(RunResult result, TimeCategory category) => result.CpuTimes.Sum(cpu => cpu[(int)category].Nanoseconds);

    private static double Busy(RunResult result) => Enum.GetValues<TimeCategory>().Where(category => category != TimeCategory.Idle).Sum(category => Spent(result, category));
}
