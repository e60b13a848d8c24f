using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>fork, exec, wait, exit and kill, as programs see them.</summary>
public sealed class ProcessTests
{
    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("fork").Select(entry => entry.Name));

    private static readonly TouchStep Fill = new("heap", 100, false, 1);

    public static MachineSpec With(string fork, MachineSpec? spec = null) =>
        (spec ?? Spec()) with { AddressSpaces = BuiltIn.AddressSpaces with { Fork = PolicyChoice.Parse(BuiltIn.Policies, "fork", fork) } };

    [Fact]
    public void ChildrenAreNamedAfterTheirParentsAndCountForThemselves()
    {
        RunResult result = Of(With("cow"), Map("heap", 100), Fill, new ForkStep(2, [new TouchStep("heap", 30, true, 1), new ForkStep(1, [new TouchStep("heap", 5, false, 0)])]),
            new WaitStep(ForAll: true));
        result.Processes.Select(process => process.Name).ShouldBe(["p0", "p0/child-0", "p0/child-1", "p0/child-0/child-0", "p0/child-1/child-0"]);
        result.Processes.Select(process => process.Counters[Counter.References]).ShouldBe([100, 30, 30, 5, 5]);
        result.Processes.Select(process => process.Counters[Counter.CowCopies]).ShouldBe([0, 30, 30, 0, 0]);
        result.Processes.ShouldAllBe(process => process.KilledBy == null && process.Ended != SimTime.Never && !process.IsZombie);
    }

    [Theory]
    [InlineData("eager", 100, 0, 0)]
    [InlineData("cow", 0, 30, 0)]
    [InlineData("on-demand-fork", 0, 30, 1)]
    [InlineData("vfork", 0, 0, 0)]
    public void APolicyDecidesWhatIsCopiedAndWhen(string policy, int atFork, int atStores, int tables)
    {
        RunResult result = Of(With(policy), Map("heap", 100), Fill, new ForkStep(1, [new TouchStep("heap", 30, true, 1)]), new WaitStep(ForAll: true));
        result.Processes.Sum(process => process.Counters[Counter.ForkCopies]).ShouldBe(atFork);
        result.Processes.Sum(process => process.Counters[Counter.CowCopies]).ShouldBe(atStores);
        result.KernelMeasured[Counter.TableCopies].ShouldBe(tables);
        result.Processes.Sum(process => process.Counters[Counter.CowReuses]).ShouldBe(0);
    }

    [Fact]
    public void TheLastOwnerTakesAPageOverAndCopiesNothing()
    {
        RunResult result = Of(With("cow"), Map("heap", 100), Fill, new ForkStep(1, []), new WaitStep(ForAll: true), Fill);
        result.Processes[0].Counters[Counter.CowReuses].ShouldBe(100);
        result.Processes.Sum(process => process.Counters[Counter.CowCopies]).ShouldBe(0);
    }

    [Fact]
    public void ATableThatNobodyElseHasAnyMorePermitsItsStoresAgainAfterOneFault()
    {
        RunResult result = Of(With("on-demand-fork"), Map("heap", 100), Fill, new ForkStep(1, []), new WaitStep(ForAll: true), Fill);
        (result.KernelMeasured[Counter.TablesShared], result.KernelMeasured[Counter.TableCopies]).ShouldBe((1, 0));
        result.Processes[0].Counters[Counter.CowReuses].ShouldBe(0);
        result.Processes[0].Counters[Counter.Pgfault].ShouldBe(101);
    }

    [Theory]
    [InlineData("cow(first=parent)", "round-robin", true)]
    [InlineData("cow(first=child)", "round-robin", false)]
    [InlineData("cow(first=parent)", "fair", true)]
    [InlineData("cow(first=child)", "fair", false)]
    [InlineData("cow(first=child)", "fifo", false)]
    public void WhoRunsFirstIsAnOption(string policy, string scheduler, bool isParent)
    {
        RunResult result = Of(With(policy, Spec() with { Scheduler = Scheduler(scheduler) }), Map("heap", 100), Fill, new ForkStep(1, [new ComputeStep(SimTime.FromMilliseconds(1))]), new ComputeStep(SimTime.FromMilliseconds(1)));
        (result.Processes[0].Ended < result.Processes[1].Ended).ShouldBe(isParent);
    }

    [Fact]
    public void AParentThatLentItsAddressSpaceSleepsUntilTheChildEndsOrCallsExec()
    {
        var late = new ComputeStep(SimTime.FromMilliseconds(5));
        RunResult ended = Of(With("vfork", Spec() with { Cpus = 2 }), Map("heap", 10), new ForkStep(1, [late]));
        (ended.Processes[0].Ended > ended.Processes[1].Ended).ShouldBeTrue();
        RunResult replaced = Of(With("vfork", Spec() with { Cpus = 2 }), Map("heap", 10), new ForkStep(1, [new ExecStep(10, 10, 10, [late])]));
        (replaced.Processes[0].Ended < replaced.Processes[1].Ended).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void ExecLeavesNothingOfTheOldProgram(string policy)
    {
        RunResult result = Of(With(policy), Map("heap", 100), Fill, new ForkStep(1, [new ExecStep(16, 8, 4, [new TouchStep("bss", 4, false, 1), new TouchStep("code", 16, false, 0)])]),
            new WaitStep(ForAll: true));
        result.Processes[1].MappingsAtExit.ShouldBe(4);
        result.Processes.ShouldAllBe(process => process.KilledBy == null);
    }

    [Fact]
    public void AZombieIsReapedByTheWaitThatFindsIt()
    {
        var sleep = new SleepStep(SimTime.FromMilliseconds(50));
        long WithZombies(params ProgramStep[] end) => Of(With("cow"), [Map("heap", 10), new ForkStep(30, []), .. end, Map("late", 1)]).PeakBytesOfKind[(int)KernelObject.Task].Bytes;
        WithZombies(sleep, new WaitStep(ForAll: true)).ShouldBe(WithZombies(sleep));
        RunResult any = Of(With("cow"), new ForkStep(3, []), sleep, new WaitStep(ForAll: false), new WaitStep(ForAll: false), new WaitStep(ForAll: false), new WaitStep(ForAll: false));
        any.Processes.ShouldAllBe(process => !process.IsZombie && process.KilledBy == null);
    }

    [Fact]
    public void AProcessThatIsKilledWhileItsPageIsReadGivesItsSlotBack()
    {
        MachineSpec spec = With("cow", MachineRun.Spec("lru", 40));
        var swapping = new ProgramStep[] { Map("heap", 200), new LoopStep(1000, [new TouchStep("heap", 200, false, 1)]) };
        // The books, which the machine closes at the end, say where a slot is lost.
        foreach (int milliseconds in (int[])[20, 23, 26, 29])
        {
            RunResult result = Of(spec, Map("own", 1), new ForkStep(4, swapping), new SleepStep(SimTime.FromMilliseconds(milliseconds)), new KillStep(null), new WaitStep(ForAll: true));
            result.Processes.Skip(1).ShouldContain(process => process.KilledBy == "killed by p0");
            result.KernelMeasured[Counter.Pswpin].ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void ATlbHoldsATranslationOnceThoughTwoThreadsWaitedForThePage()
    {
        // The invariants find the second one, which a flush leaves behind.
        MachineSpec spec = With("cow", MachineRun.Spec("lru", 300)) with { CheckEvery = SimTime.FromMicroseconds(50) };
        RunResult result = Of(spec, Map("heap", 512), new ForkStep(3, [new CloneStep(2, [Uniform("heap", 3000, 0.3)]), new JoinStep()]), new WaitStep(ForAll: true));
        result.KernelMeasured[Counter.Pswpin].ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AChildWithThreadsIsReapedOnceWhoeverOfThemEndsLast(bool leaderIsLast)
    {
        var thread = new CloneStep(2, [new TouchStep("heap", 10, false, 1), new SleepStep(SimTime.FromMilliseconds(1))]);
        ProgramStep[] child = leaderIsLast ? [thread, new JoinStep()] : [thread];
        RunResult result = Of(With("cow"), Map("heap", 10), new ForkStep(3, child), new WaitStep(ForAll: true), Map("late", 1));
        result.Processes.ShouldAllBe(process => !process.IsZombie && process.KilledBy == null);
    }

    [Fact]
    public void AnOrphanEndsWithoutAParent()
    {
        RunResult result = Of(With("cow"), Map("heap", 10), new ForkStep(1, [new ForkStep(1, [new SleepStep(SimTime.FromMilliseconds(5))])]), new WaitStep(ForAll: true));
        Process orphan = result.Processes.Single(process => process.Name == "p0/child-0/child-0");
        (orphan.Ended > result.Processes[0].Ended).ShouldBeTrue();
        (orphan.IsZombie, orphan.Parent).ShouldBe((false, null));
    }

    [Fact]
    public void KillEndsAChildByNameAndThenAllOthers()
    {
        var forever = new SleepStep(SimTime.FromSeconds(100));
        RunResult result = Of(With("cow"), Map("heap", 10), new ForkStep(3, [forever]), new KillStep("child-1"), new WaitStep(ForAll: false), new KillStep("p0/child-0"),
            new WaitStep(ForAll: false), new KillStep(null), new WaitStep(ForAll: true), new KillStep("nobody"));
        result.Processes.Skip(1).ShouldAllBe(process => process.KilledBy == "killed by p0" && process.IsKilledOnPurpose);
        result.Processes[0].KilledBy.ShouldBeNull();
        result.Elapsed.ShouldBeLessThan(SimTime.FromSeconds(1));
    }

    [Fact]
    public void AChildFindsAWipedMappingEmpty()
    {
        RunResult result = ForkWithAdvice(Advice.WipeOnFork);
        result.Processes[1].KilledBy.ShouldBeNull();
        result.Processes[1].Counters[Counter.PageInsertions].ShouldBe(512);
    }

    [Fact]
    public void AChildDoesNotFindAMappingThatIsNotToBeCopied() => ForkWithAdvice(Advice.DontFork).Processes[1].KilledBy!.ShouldStartWith("SIGSEGV at ");

    /// <summary>A child stores to a page that its parent has in swap, and that is on its way there or back: it is waited for, or its slot has two owners.</summary>
    [Fact]
    public void ThreadsThatAnExecEndsLeaveTheOldAddressSpaceALittleLater()
    {
        MachineSpec spec = With("cow") with { Cpus = 3, CheckEvery = new SimTime(1) };
        RunResult result = Of(spec, Map("r", 10), Sequential("r", 10), new CloneStep(2, [Sequential("r", 10_000_000)]), new ComputeStep(SimTime.FromMicroseconds(100)), new ExecStep(10, 10, 10, [Sequential("bss", 10)]));
        result.Processes[0].KilledBy.ShouldBeNull();
        result.Processes[0].Counters[Counter.References].ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public void ThreadsThatMapUnderOneNameHaveARegionEach()
    {
        RunResult result = Of(With("cow") with { Cpus = 3 }, Map("x", 10), new CloneStep(3, [new LoopStep(5, [Map("x", 30), Sequential("x", 60), new UnmapStep("x")])]), Sequential("x", 10), new UnmapStep("x"), new JoinStep());
        result.Processes[0].KilledBy.ShouldBeNull();
        result.Processes[0].Counters[Counter.Pgfault].ShouldBe(10 + 3 * 5 * 30);
    }

    [Fact]
    public void ThreadsThatTakeEachOthersOnlyFrameForEverAreAFailureOfTheRun()
    {
        MachineSpec spec = Spec(quota: 1) with { Cpus = 2, CheckEvery = null, SwapDevice = BlockDeviceSpec.Presets.Single(preset => preset.Key == "zram").Value };
        Should.Throw<RunFailedException>(() => Of(spec, Map("x", 16), new CloneStep(2, [Sequential("x", 1000)]), new JoinStep())).Message.ShouldContain("no reference made");
    }

    [Fact]
    public void ThreadsThatWaitForTheSameChildrenAllGoOnWhenTheLastHasEnded()
    {
        ProgramStep[] waits = [new WaitStep(ForAll: true), new ForkStep(1, []), new WaitStep(ForAll: false)];
        RunResult result = Of(With("cow") with { Cpus = 3 }, new ForkStep(2, [new SleepStep(SimTime.FromMilliseconds(1))]), new CloneStep(3, waits), new WaitStep(ForAll: true), new JoinStep());
        result.Processes.Count().ShouldBe(6);
        result.Processes.ShouldAllBe(process => process.KilledBy == null && !process.IsZombie);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void ForkWaitsForPagesThatADeviceIsMoving(string policy)
    {
        MachineSpec spec = With(policy, Spec() with { Memory = new ByteSize(2 << 20), Cpus = 2, CheckEvery = SimTime.FromMicroseconds(50) });
        RunResult result = Of(spec, Map("heap", 500), new TouchStep("heap", 500, false, 1), new CloneStep(1, [Uniform("heap", 400)]),
            new ForkStep(2, [Uniform("heap", 300)]), new JoinStep(), new WaitStep(ForAll: true), Uniform("heap", 100));
        result.Processes.ShouldAllBe(process => process.KilledBy == null);
        result.KernelMeasured[Counter.Pswpin].ShouldBeGreaterThan(100);
    }

    /// <summary>What there is of the child goes with it: at the end of the run no frame, no slot and no kernel object may be left.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void AProcessMayBeKilledWhileItForks(string policy)
    {
        int during = 0;
        for (int microseconds = 500; microseconds < 30_000; microseconds += 2300)
        {
            MachineSpec spec = With(policy, Spec() with { Memory = new ByteSize(2 << 20), Cpus = 2, CheckEvery = SimTime.FromMilliseconds(2) });
            RunResult result = Of(spec, [[Map("heap", 450), new TouchStep("heap", 450, false, 1), new LoopStep(20, [new ForkStep(1, [new TouchStep("heap", 40, true, 1)]), new WaitStep(ForAll: true)])],
                [new SleepStep(SimTime.FromMicroseconds(microseconds)), new KillStep("p0")]]);
            if (result.Processes[0].KilledBy is not null) during++;
        }
        during.ShouldBeGreaterThan(2);
    }

    /// <summary>Two segments of 400 pages do not fit into memory, one does; and a key names the same for all.</summary>
    [Theory]
    [InlineData(7, 7, null)]
    [InlineData(7, 8, "out of memory and swap")]
    [InlineData(0, 0, "out of memory and swap")]
    public void ASegmentIsOneForAllWhoNameItsKey(int first, int second, string? killedBy)
    {
        MachineSpec spec = With("cow", Spec() with { Memory = new ByteSize(2500 << 10), SwapSize = default, HasSharedMemory = true });
        ProgramStep[] Program(int key) => [new AttachStep("board", 400, key), new TouchStep("board", 400, false, 1), new SleepStep(SimTime.FromMilliseconds(100)), new TouchStep("board", 400, false, 0)];
        RunResult result = Of(spec, [Program(first), Program(second)]);
        result.Processes.Select(process => process.KilledBy).Where(reason => reason is not null).ShouldBe(killedBy is null ? [] : [killedBy]);
    }

    /// <summary>A hundred pages in turn through fifty frames, three times: all come back from swap in the second and third, and each that leaves is written.</summary>
    [Theory]
    [InlineData(true, 200, 250)]
    [InlineData(false, 0, 0)]
    public void ASegmentThatIsStoredToGoesToSwapAndWhatIsZeroIsDropped(bool isStored, long majorFaults, long written)
    {
        MachineSpec spec = With("cow", Spec("lru", quota: 50) with { HasSharedMemory = true });
        RunResult result = Of(spec, new AttachStep("board", 100, 0), new LoopStep(3, [Sequential("board", 100, writes: isStored ? 1 : 0)]));
        result.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(majorFaults);
        result.KernelMeasured[Counter.Pswpin].ShouldBe(majorFaults);
        result.KernelMeasured[Counter.Pswpout].ShouldBe(written);
    }

    /// <summary>What one process stored, and lost to swap, another one that attaches the segment finds there.</summary>
    [Theory]
    [InlineData("nvme")]
    [InlineData("zram")]
    public void WhatOneLeftInSwapAnotherFinds(string device)
    {
        MachineSpec spec = With("cow", Spec("lru", quota: 50) with { HasSharedMemory = true, SwapDevice = BlockDeviceSpec.Presets.Single(preset => preset.Key == device).Value });
        ProgramStep[] store = [new AttachStep("board", 100, 1), Sequential("board", 100), new SleepStep(SimTime.FromMilliseconds(50))];
        ProgramStep[] load = [new SleepStep(SimTime.FromMilliseconds(20)), new AttachStep("board", 100, 1), Sequential("board", 40, writes: 0)];
        RunResult result = Of(spec, [store, load]);
        result.Processes[1].Counters[Counter.Pgmajfault].ShouldBe(40);
        result.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void ASegmentIsSharedWithChildrenAndNeverCopied(string policy)
    {
        RunResult result = Of(With(policy, Spec() with { HasSharedMemory = true }), new AttachStep("board", 100, 0), new TouchStep("board", 100, false, 1),
            new ForkStep(2, [new TouchStep("board", 100, true, 1)]), new WaitStep(ForAll: true), new TouchStep("board", 100, false, 1), new UnmapStep("board"));
        result.Processes.Sum(process => process.Counters[Counter.CowCopies] + process.Counters[Counter.ForkCopies]).ShouldBe(0);
        result.Processes.ShouldAllBe(process => process.KilledBy == null);
    }

    [Fact]
    public void PagesOfADomainWhoseProcessHasEndedAreReclaimedFirst()
    {
        MachineSpec spec = With("cow", Spec("lru", quota: 300) with { Memory = new ByteSize(2300 << 10) });
        RunResult result = Of(spec, new ForkStep(1, [Map("heap", 250), new TouchStep("heap", 250, false, 1),
            new ForkStep(1, [new SleepStep(SimTime.FromMilliseconds(100)), new TouchStep("heap", 250, false, 0)])]), new WaitStep(ForAll: true), Map("own", 290), new TouchStep("own", 290, false, 1));
        result.Processes.ShouldAllBe(process => process.KilledBy == null);
        result.Processes[2].Counters[Counter.Pgmajfault].ShouldBeGreaterThan(0);
        result.Processes[0].Counters[Counter.PgstealDirect].ShouldBeGreaterThan(0);
    }

    private static RunResult ForkWithAdvice(Advice advice) => Of(With("cow"), Map("heap", 512), new TouchStep("heap", 512, false, 1),
        new RegionCallStep(TaskStepKind.Advise, "heap", 0, 512, 0, (int)advice), new ForkStep(1, [new TouchStep("heap", 512, false, 0)]), new WaitStep(ForAll: true));
}
