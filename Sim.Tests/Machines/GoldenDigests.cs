using System.Collections.Generic;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>
/// What happens in a few machines, to the event. Where one of these changes, results that people keep have become stale: raise
/// <see cref="ModelVersion.Current"/> in the same commit, and say why.
/// </summary>
public sealed class GoldenDigests
{
    private const int RecordedFor = 10;

    private static readonly Dictionary<string, (string Digest, System.Func<RunResult> Run)> Machines = new()
    {
        ["one process under a quota"] = ("72edff9eed2a9af6", () => Of(Spec("clock", quota: 60), Map("r", 200), Skewed("r", 5_000))),
        ["global replacement"] = ("c37d6c1178240b1f", () => Of(Spec("lru") with { Memory = new ByteSize(2 << 20) },
            [[Map("r", 500), Uniform("r", 4_000)], [Map("r", 300), Skewed("r", 4_000)]])),
        ["threads on two CPUs"] = ("65df93c679d9350a", () => Of(Spec("arc") with { Cpus = 2 },
            Map("r", 300), new CloneStep(2, [Skewed("r", 4_000)]), new LoopStep(4, [Map("x", 8), Sequential("x", 8), new UnmapStep("x")]), new JoinStep())),
        ["threads under a lock, scheduled fairly, beside a kernel thread"] = ("99aa146c18b1e6e2", () => Of(Spec("lru") with
        {
            Cpus = 3,
            Scheduler = Scheduler("fair"),
            MmLock = (IMmLock)PolicyChoice.Parse(BuiltIn.Policies, "mm-lock", "per-vma").Create(new PolicyContext(0, 0, 0)),
            KernelThreads = [new KernelThreadSpec("k", () => new PeriodicWork(SimTime.FromMicroseconds(300), SimTime.FromMicroseconds(20)))],
        }, Map("r", 300), new CloneStep(3, [Skewed("r", 3_000)]), new LoopStep(20, [Map("x", 8), Sequential("x", 8), new UnmapStep("x")]), new JoinStep())),
        ["a file that is written back, beside swap"] = ("13304d7daf298880", () => Of(Spec("clock") with
        {
            Memory = new ByteSize(2 << 20),
            Files = [new FileSpec("data", ByteSize.OfPages(300), 100)],
            Writeback = new WritebackSpec(SimTime.FromMicroseconds(500), SimTime.FromMilliseconds(1)),
        }, new MapFileStep("f", 300, 0, 0, (int)Protection.ReadWrite, (int)MapFlags.Shared), Map("r", 300), new LoopStep(4, [Skewed("f", 1_000), Skewed("r", 1_000)]))),
        ["zero page and huge pages"] = ("506ce9525208752a", () => Of(Spec() with { HasZeroPage = true, Tlb = TlbSpec.Presets[2].Value },
            Map("r", 100), Sequential("r", 100, writes: 0), Sequential("r", 100), Map("h", 512, PageSize.Huge), Uniform("h", 500))),
        ["sleeping and computing"] = ("1a86f4619f12b196", () => Of(Spec(), [
            [new LoopStep(20, [new ComputeStep(SimTime.FromMilliseconds(3)), new SleepStep(SimTime.FromMilliseconds(1))])],
            [new ComputeStep(SimTime.FromMilliseconds(50))]])),
    };

    public static TheoryData<string> Names => new(Machines.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void TheEventsAreThoseThatWereRecorded(string machine)
    {
        ModelVersion.Current.ShouldBe(RecordedFor, "record the digests again for the new version of the model");
        Machines[machine].Run().Digest.ToString("x16").ShouldBe(Machines[machine].Digest);
    }
}
