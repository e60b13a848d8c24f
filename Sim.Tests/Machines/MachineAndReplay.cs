using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Reclaim.Replay;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Lab.Execution;
using Sim.Lab.Experiments;
using Sim.Workloads.Programs;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Machines;

/// <summary>With a fixed quota and one process, a policy that sees every access misses in the machine exactly as it does in replay with the study's seed.</summary>
public sealed class MachineAndReplay
{
    private const int Pages = 400, Length = 20_000;
    private const ulong StudySeed = 42;

    private static readonly string[] Variants = ["lirs(variant=libcachesim,hir=0.2)", "lfu(aging=dynamic)", "clock(bits=2)"];

    public static TheoryData<string> ExactPolicies => new(BuiltIn.Policies.At("reclaim")
        .Where(entry => entry.View == AccessView.EveryAccess || entry.Name == "fifo").Select(entry => entry.Name).Concat(Variants));

    [Theory]
    [MemberData(nameof(ExactPolicies))]
    public void TheMachineMissesAsReplayDoes(string policy)
    {
        var model = new ModelSpec("phases", new PhasesOptions { SetSize = 40, HoldingTime = 500, Overlap = 8 });
        var references = new uint[Length];
        ModelCatalogue.Create(model, new ModelContext(Pages, 3)).Fill(references);
        var future = new ReferenceFuture(references, Pages);
        var trace = new PageTrace("phases", references, Enumerable.Range(0, Pages).Select(page => (ulong)page).ToArray());
        var sweep = new ReplaySweep(BuiltIn.Policies, [policy], StudySeed, 1);
        foreach (int frames in new[] { 1, 2, 10, 35, 50, 200, 400 })
        {
            PolicyChoice choice = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy);
            var spec = new MachineSpec
            {
                Memory = new ByteSize(16 << 20),
                Reclaim = choice,
                Scheduler = BuiltIn.Scheduler,
                AddressSpaces = BuiltIn.AddressSpaces,
                QuotaFrames = frames,
                Future = future,
                Seed = RunSpec.MachineSeed(StudySeed, 0),
                CheckEvery = SimTime.FromMilliseconds(50),
            };
            RunResult run = new Machine(spec, [new ProcessSpec("p", () => new ProgramRun(
                [MachineRun.Map("r", Pages), new AccessStep("r", model, Length, 0.5)], _ => 3), SimTime.Zero, 0)]).Run();
            run.Processes[0].Counters[Counter.PageInsertions].ShouldBe(sweep.Run(trace, [frames]).Rows.Single().Misses, $"{frames} frames");
        }
    }
}
