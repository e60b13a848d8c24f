using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Workloads.Programs;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Verification.Suites;

/// <summary>The whole machine with a fixed quota and one process misses exactly as replay does, for policies that accessed bits do not matter to.</summary>
internal static class WholeMachine
{
    public static IEnumerable<VerificationCheck> Run(bool isQuick)
    {
        int length = isQuick ? 50_000 : 400_000;
        foreach (string policy in new[] { "fifo", "lru", "arc" })
        {
            foreach (int frames in new[] { 50, 500 })
            {
                var model = new ModelSpec("zipf", new ZipfOptions { Alpha = 0.9 });
                ulong Seed(string path) => 5;
                var machine = new Machine(new MachineSpec
                {
                    Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy),
                    AddressSpaces = BuiltIn.AddressSpaces,
                    QuotaFrames = frames,
                },
                    [new ProcessSpec("p", () => new ProgramRun(
                        [new MapStep("r", 2_000, Core.Hardware.PageSize.Base), new AccessStep("r", model, length, 0.3)], Seed), SimTime.Zero, 0)]);
                RunResult result = machine.Run();
                uint[] references = ReplayOf.Stream("zipf", model.Options, 2_000, length, 5);
                yield return VerificationCheck.Exact("whole machine", $"{policy}, {frames} frames: page insertions",
                    result.Processes[0].Counters[Counter.PageInsertions], ReplayOf.Misses(policy, frames, references, 2_000), "replay of the same stream");
            }
        }
    }
}
