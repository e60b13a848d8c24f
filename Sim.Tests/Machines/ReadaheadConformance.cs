using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Every readahead policy: nothing is lost, what is used was read, and the books of pages close; and how often a scan of swapped memory waits.</summary>
public sealed class ReadaheadConformance
{
    private const int Pages = 800;

    public static TheoryData<string> Policies => [.. BuiltIn.Policies.At("readahead").Select(entry => entry.Name), "cluster(pages=32,adaptive=false)", "vma-window(pages=32)", "leap(pages=4,history=8)"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void ShortMemoryIsEnoughForEveryPolicyAndNothingIsLost(string policy)
    {
        ProgramStep[] steps =
        [
            Map("r", 400), Map("s", 60), new MapFileStep("t", 200, 0, 0, (int)Protection.ReadWrite, (int)MapFlags.Shared),
            new LoopStep(2, [Uniform("r", 800), Sequential("r", 600), Skewed("t", 300), new RegionCallStep(TaskStepKind.Advise, "r", 20, 100, 0, (int)Advice.DontNeed)]),
            new ForkStep(1, [Uniform("r", 200), Sequential("s", 60)]), new UnmapStep("s"), Uniform("r", 200), new WaitStep(ForAll: true),
        ];
        foreach (int? quota in (int?[])[null, 20, 90])
        {
            MachineSpec spec = With(policy, quota) with { Memory = new ByteSize(2 << 20), Cpus = 2, Seed = 3, Files = [new FileSpec("data", ByteSize.OfPages(200))], CheckEvery = SimTime.FromMilliseconds(2) };
            RunResult run = Of(spec, [steps, steps]);
            run.Processes.Select(process => process.KilledBy).ShouldAllBe(reason => reason == null);
            long ahead = Sum(run, Counter.SwapRa), used = Sum(run, Counter.SwapRaHit);
            used.ShouldBeLessThanOrEqualTo(ahead);
            // Every page that comes from swap is the one that a fault asked for, or one read ahead.
            run.KernelMeasured[Counter.Pswpin].ShouldBeInRange(ahead, ahead + Sum(run, Counter.WorkingsetRefaultAnon));
            run.Digest.ShouldBe(Of(spec with { CheckEvery = null }, [steps, steps]).Digest);
        }
    }

    /// <summary>
    /// Eight hundred pages are loaded in turn again and again, of which half have frames. Once all have been written, each round takes its major faults by the windows,
    /// and a minor one for every other page. vma-window begins anew at each 2 MiB; leap reads eight beside the page itself.
    /// </summary>
    [Theory]
    [InlineData("none", 800, 800)]
    [InlineData("sequential-detect", 800, 800)]
    [InlineData("cluster(pages=8,adaptive=false)", 100, 100)]
    [InlineData("cluster(pages=32,adaptive=false)", 25, 25)]
    [InlineData("cluster", 100, 100)]
    [InlineData("cluster(pages=1)", 800, 800)]
    [InlineData("vma-window", 100, 104)]
    [InlineData("leap", 88, 92)]
    public void AScanOfSwappedMemoryWaitsOnceAWindow(string policy, int least, int most)
    {
        CounterSet Rounds(int rounds)
        {
            MachineSpec spec = With(policy, Pages / 2) with { Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", "fifo"), CheckEvery = null };
            return Of(spec, Map("r", Pages), Sequential("r", Pages * rounds, writes: 0)).Processes[0].Counters;
        }
        CounterSet some = Rounds(4), more = Rounds(5);
        long major = more[Counter.Pgmajfault] - some[Counter.Pgmajfault];
        major.ShouldBeInRange(least, most);
        (more[Counter.Pgfault] - some[Counter.Pgfault]).ShouldBe(Pages);
        (more[Counter.SwapRaHit] - some[Counter.SwapRaHit]).ShouldBe(Pages - major);
    }

    [Fact]
    public void SlotsThatFollowEachOtherAreOneRequest()
    {
        RunResult run = Of(With("cluster(adaptive=false)", Pages / 2), Map("r", Pages), Sequential("r", Pages * 3, writes: 0));
        run.DeviceLatency.Maximum.ShouldBe(SimTime.FromMicroseconds(80 + 7));
        RunResult alone = Of(With("none", Pages / 2), Map("r", Pages), Sequential("r", Pages * 3, writes: 0));
        alone.DeviceLatency.Maximum.ShouldBe(SimTime.FromMicroseconds(80));
        run.Elapsed.ShouldBeLessThan(alone.Elapsed);
    }

    [Fact]
    public void AClusterThatFollowsItsHitsShrinksUnderRandomReferences()
    {
        long Ahead(string policy)
        {
            RunResult run = Of(With(policy, 200) with { CheckEvery = null }, Map("r", 2_000), Sequential("r", 2_000), Uniform("r", 4_000, writes: 0));
            return Sum(run, Counter.SwapRa);
        }
        Ahead("cluster").ShouldBeLessThan(Ahead("cluster(adaptive=false)") / 5);
        Ahead("leap").ShouldBeLessThan(Ahead("cluster(adaptive=false)") / 5);
    }

    [Fact]
    public void NothingIsReadAheadWhereTheCpuDoesTheWorkOfTheDevice()
    {
        MachineSpec spec = With("cluster", Pages / 2) with { SwapDevice = BlockDeviceSpec.Presets.Single(preset => preset.Key == "zram").Value };
        Sum(Of(spec, Map("r", Pages), Sequential("r", Pages * 3, writes: 0)), Counter.SwapRa).ShouldBe(0);
    }

    /// <summary>Sixty-four pages of a file, loaded in turn.</summary>
    [Theory]
    [InlineData("none", 64)]
    [InlineData("sequential-detect", 1)]
    [InlineData("cluster(file-window=0)", 64)]
    [InlineData("vma-window(file-window=8)", 1)]
    public void FilesAreReadInWindowsOrPageByPage(string policy, long majorFaults)
    {
        MachineSpec spec = With(policy, null) with { Files = [new FileSpec("data", ByteSize.OfPages(64))] };
        RunResult run = Of(spec, new MapFileStep("t", 64, 0, 0, (int)Protection.Read, (int)MapFlags.Shared), Sequential("t", 64, writes: 0));
        run.KernelMeasured[Counter.FilePagesRead].ShouldBe(64);
        run.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(majorFaults);
        RunResult call = Of(spec, new FileCallStep(TaskStepKind.FileRead, 0, 0, 64 * 4096));
        call.KernelMeasured[Counter.FilePagesRead].ShouldBe(64);
        if (majorFaults == 64) call.KernelMeasured[Counter.FileReadRequests].ShouldBe(64);
    }

    private static long Sum(RunResult run, Counter counter) => run.Processes.Sum(process => process.Counters[counter]);

    private static MachineSpec With(string policy, int? quota) => Spec("lru", quota) with
    {
        Memory = new ByteSize(16 << 20),
        Readahead = PolicyChoice.Parse(BuiltIn.Policies, "readahead", policy),
    };
}
