using System;
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

/// <summary>Whole machines with exact counts. Invariants are checked all along.</summary>
public sealed class MachineTests
{
    [Fact]
    public void EveryPageOfANewMappingFaultsOnce()
    {
        RunResult run = Of(Spec(), Map("r", 100), Sequential("r", 250));
        CounterSet counters = run.Processes[0].Counters;
        counters[Counter.References].ShouldBe(250);
        counters[Counter.Pgfault].ShouldBe(100);
        counters[Counter.Pgmajfault].ShouldBe(0);
        counters[Counter.PageInsertions].ShouldBe(100);
        run.Processes[0].PeakResidentPages.ShouldBe(100);
    }

    [Fact]
    public void APageThatIsMappedAnewFaultsAnew()
    {
        RunResult run = Of(Spec(), new LoopStep(3, [Map("r", 10), Sequential("r", 10), new UnmapStep("r")]));
        run.Processes[0].Counters[Counter.Pgfault].ShouldBe(30);
    }

    [Fact]
    public void TheZeroPageTakesNoFrameUntilItIsWrittenTo()
    {
        MachineSpec spec = Spec() with { HasZeroPage = true };
        RunResult read = Of(spec, Map("r", 50), Sequential("r", 100, writes: 0));
        read.Processes[0].Counters[Counter.Pgfault].ShouldBe(50);
        read.Processes[0].Counters[Counter.PageInsertions].ShouldBe(0);
        read.Processes[0].PeakResidentPages.ShouldBe(0);
        RunResult written = Of(spec, Map("r", 50), Sequential("r", 50, writes: 0), Sequential("r", 50));
        written.Processes[0].Counters[Counter.Pgfault].ShouldBe(100);
        written.Processes[0].Counters[Counter.PageInsertions].ShouldBe(50);
    }

    [Fact]
    public void ALoopThatDoesNotFitItsQuotaFaultsAlways()
    {
        RunResult run = Of(Spec("lru", quota: 9), Map("r", 10), Sequential("r", 1_000));
        CounterSet counters = run.Processes[0].Counters;
        counters[Counter.Pgfault].ShouldBe(1_000);
        counters[Counter.Pgmajfault].ShouldBe(990);
        counters[Counter.PgstealDirect].ShouldBe(991);
    }

    [Fact]
    public void PagesThatCameBackAndWereNotWrittenToAreNotWrittenOutAgain()
    {
        RunResult run = Of(Spec("lru", quota: 5), Map("r", 10), Sequential("r", 10), Sequential("r", 100, writes: 0));
        // Each of the ten pages goes to swap once, when it is first evicted; the five last of them are still resident at the end of the first pass.
        run.KernelMeasured[Counter.Pswpout].ShouldBe(10);
        run.KernelMeasured[Counter.Pswpin].ShouldBe(100);
    }

    [Fact]
    public void WithASynchronousDeviceNobodySleepsAndItsTimeIsCpuTime()
    {
        MachineSpec spec = Spec("lru", quota: 5);
        var queued = new BlockDeviceSpec(SimTime.FromMicroseconds(3), SimTime.FromMicroseconds(6), 1);
        ProgramStep[] steps = [Map("r", 10), Sequential("r", 110)];
        RunResult asleep = Of(spec with { SwapDevice = queued }, steps);
        RunResult awake = Of(spec with { SwapDevice = queued with { IsSynchronous = true } }, steps);
        foreach (Counter counter in new[] { Counter.Pswpin, Counter.Pswpout })
            awake.KernelMeasured[counter].ShouldBe(asleep.KernelMeasured[counter]);
        awake.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(100);
        asleep.KernelMeasured[Counter.ContextSwitches].ShouldBe(105, "after every fault that waits");
        awake.KernelMeasured[Counter.ContextSwitches].ShouldBe(0);
        SimTime Kernel(RunResult run) => run.CpuTimes[0][(int)TimeCategory.PageFault] + run.CpuTimes[0][(int)TimeCategory.Reclaim];
        // 100 pages are read; 105 are evicted, each dirty. With the queue each of these costs a submission instead; the read that follows is submitted by the interrupt.
        SimTime submissions = new(105 * spec.Costs[Cost.DeviceSubmit].Picoseconds);
        (Kernel(awake) - Kernel(asleep)).ShouldBe(SimTime.FromMicroseconds((100 * 3) + (105 * 6)) - submissions);
    }

    [Fact]
    public void AStoreThroughACleanTranslationWalksAgain()
    {
        RunResult loaded = Of(Spec(), Map("r", 1), Sequential("r", 10, writes: 0));
        RunResult stored = Of(Spec(), Map("r", 1), Sequential("r", 10, writes: 0), Sequential("r", 10));
        loaded.Processes[0].Counters[Counter.TlbMisses].ShouldBe(1);
        stored.Processes[0].Counters[Counter.TlbMisses].ShouldBe(2);
    }

    [Fact]
    public void AHugeMappingFaultsOnceForEachHugePage()
    {
        RunResult run = Of(Spec() with { Tlb = TlbSpec.Presets.First(preset => preset.Key == "skylake").Value },
            Map("r", 2 * 512, PageSize.Huge), Uniform("r", 5_000));
        CounterSet counters = run.Processes[0].Counters;
        counters[Counter.Pgfault].ShouldBe(2);
        counters[Counter.PageInsertions].ShouldBe(1024);
        counters[Counter.TlbMisses].ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void WithoutSwapAMachineThatIsFullKillsTheProcess()
    {
        RunResult run = Of(Spec() with { SwapSize = default, Memory = new ByteSize(4 << 20), Overcommit = OvercommitMode.Always }, Map("r", 2_000), Sequential("r", 2_000));
        run.Processes[0].KilledBy.ShouldBe("out of memory and swap");
        run.Processes[0].Counters[Counter.OomKill].ShouldBe(1);
    }

    [Fact]
    public void AMachineTooSmallForAProcessDoesNotStartIt()
    {
        RunResult run = Of(Spec() with { Memory = new ByteSize(16 << 12) }, Map("r", 1), Sequential("r", 1));
        run.Processes[0].KilledBy.ShouldBe("no memory to start");
    }

    /// <summary>One process fills memory with pages that can be reclaimed; the next finds no room for its kernel objects until some have been written out.</summary>
    [Fact]
    public void AProcessThatFindsMemoryFullIsStartedAfterReclaim()
    {
        MachineSpec spec = Spec("lru") with { Memory = new ByteSize(2 << 20), CheckEvery = SimTime.FromMilliseconds(5) };
        ProgramStep[] filling = [Map("r", 600), Uniform("r", 3_000)];
        ProgramStep[] sleeping = [Map("r", 8), Sequential("r", 8), new SleepStep(SimTime.FromMilliseconds(100))];
        ProcessSpec[] processes = [Process(0, filling), .. Enumerable.Range(1, 20).Select(id => Process(id, sleeping, SimTime.FromMilliseconds(20)))];
        RunResult run = new Machine(spec, processes).Run();
        run.Processes.Count(process => process.KilledBy == "no memory to start").ShouldBe(0);
    }

    [Fact]
    public void AProgramThatCannotMapEndsWithTheError()
    {
        RunResult run = Of(Spec(), Map("r", 1L << 36), Sequential("r", 1));
        run.Processes[0].Counters[Counter.References].ShouldBe(0);
    }

    [Fact]
    public void OthersRunWhileAProcessWaitsForSwap()
    {
        ProgramStep[] swapping = [Map("r", 200), Uniform("r", 2_000)];
        RunResult alone = Of(Spec("lru", quota: 50), swapping);
        RunResult together = Of(Spec("lru", quota: 50), [swapping, swapping, swapping, swapping]);
        Idle(alone).ShouldBeGreaterThan(0.8);
        Idle(together).ShouldBeLessThan(Idle(alone) - 0.05);
        together.Elapsed.ShouldBeLessThan(alone.Elapsed * 2);
    }

    [Fact]
    public void TheQuantumSharesTheCpuBetweenThoseThatCompute()
    {
        ProgramStep[] computing = [new ComputeStep(SimTime.FromMilliseconds(100))];
        RunResult run = Of(Spec(), [computing, computing]);
        SimTime[] ends = [.. run.Processes.Select(process => process.Ended)];
        Math.Abs((ends[0] - ends[1]).Seconds).ShouldBeLessThan(0.006);
        run.KernelMeasured[Counter.ContextSwitches].ShouldBeInRange(48, 52);
    }

    [Fact]
    public void ThreadsShareTheirAddressSpaceAndAreJoined()
    {
        RunResult run = Of(Spec() with { Cpus = 2 }, Map("r", 64), new CloneStep(3, [Uniform("r", 2_000)]), new JoinStep(), new UnmapStep("r"));
        run.Processes[0].Counters[Counter.Pgfault].ShouldBeInRange(64, 70);
        run.Processes[0].Counters[Counter.PageInsertions].ShouldBe(64);
        run.Processes[0].Counters[Counter.References].ShouldBe(6_000);
        run.Processes[0].Tasks.Count.ShouldBe(4);
    }

    /// <summary>Two that join each other would wait for ever if a join waited for all others of the process.</summary>
    [Fact]
    public void AJoinWaitsForTheThreadsThatTheCallerStartedAndForNoOther()
    {
        SimTime nap = SimTime.FromMilliseconds(20);
        RunResult run = Of(Spec() with { Cpus = 2 },
            new CloneStep(1, [new CloneStep(1, [new SleepStep(nap)]), new JoinStep()]),
            new CloneStep(1, [new JoinStep(), new SleepStep(SimTime.FromMilliseconds(1))]),
            new JoinStep());
        run.Processes[0].Ended.ShouldBeGreaterThan(nap);
        run.Processes[0].Tasks.ShouldAllBe(task => task.State == TaskState.Dead);
    }

    [Fact]
    public void UnmappingShootsDownTheOtherCpusTranslations()
    {
        RunResult run = Of(Spec() with { Cpus = 2 }, Map("r", 16), Map("other", 16), new CloneStep(1, [Uniform("other", 400_000)]),
            new LoopStep(5, [Map("x", 4), Sequential("x", 4), new UnmapStep("x")]), new JoinStep());
        // The sixth is the last of the process: its page tables go, and the other CPU, idle by then, still has them loaded.
        run.KernelMeasured[Counter.TlbRemoteFlush].ShouldBe(6);
        run.KernelMeasured[Counter.TlbRemoteFlushReceived].ShouldBe(6);
    }

    [Fact]
    public void WithoutIdentifiersEverySwitchOfAddressSpaceFlushes()
    {
        ProgramStep[] touching = [Map("r", 8), new LoopStep(20, [Sequential("r", 8), new SleepStep(SimTime.FromMicroseconds(50))])];
        TlbSpec tlb = TlbSpec.Presets[0].Value;
        long with = Of(Spec() with { Tlb = tlb with { Asids = 6 } }, [touching, touching]).Processes.Sum(process => process.Counters[Counter.TlbMisses]);
        long without = Of(Spec() with { Tlb = tlb with { Asids = 0 } }, [touching, touching]).Processes.Sum(process => process.Counters[Counter.TlbMisses]);
        with.ShouldBe(16);
        without.ShouldBeGreaterThan(10 * with);
    }

    [Fact]
    public void MeasuringBeginsForEachProcessAtItsOwnWarmup()
    {
        ProgramStep[] steps = [Map("r", 100), Sequential("r", 1_000)];
        RunResult run = new Machine(Spec(), [Process(0, steps, warmup: 100), Process(1, steps, warmup: 50)]).Run();
        run.Processes[0].Measured[Counter.Pgfault].ShouldBe(0);
        run.Processes[0].Measured[Counter.References].ShouldBe(900);
        run.Processes[1].Measured[Counter.Pgfault].ShouldBe(50);
    }

    [Fact]
    public void CheckingAndSamplingChangeNothing()
    {
        ProgramStep[] steps = [Map("r", 300), Uniform("r", 5_000), new UnmapStep("r")];
        ulong[] digests = [.. new SimTime?[] { null, SimTime.FromMicroseconds(10), SimTime.FromMilliseconds(1) }
            .Select(period => Of(Spec("clock", quota: 100) with { Cpus = 2, CheckEvery = period }, [steps, steps]).Digest)];
        digests.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void AccessesAllocateNothingInSteadyState()
    {
        ProgramStep[] Steps(long count) => [Map("r", 2_000), Uniform("r", count)];
        long Allocated(long count)
        {
            MachineSpec spec = Spec("clock", quota: 500) with { CheckEvery = null };
            long before = GC.GetAllocatedBytesForCurrentThread();
            Of(spec, Steps(count));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Allocated(20_000);
        long few = Allocated(100_000), many = Allocated(400_000);
        // Samples, each of every counter, are kept as a run gets longer, up to a limit; accesses and faults add nothing.
        ((double)(many - few) / 300_000).ShouldBeLessThan(1);
    }

    private static double Idle(RunResult run) => run.CpuTimes.Sum(cpu => cpu[(int)TimeCategory.Idle].Seconds) / (run.Elapsed.Seconds * run.CpuTimes.Count);

    /// <summary>Areas of 2 MiB and a guard page each: every one reaches a part of the range that wants a table of its own.</summary>
    [Fact]
    public void TheVmallocRangeKeepsItsPageTablesToTheEnd()
    {
        var areas = new KernelStep(KernelRequest.Vmalloc, 2 << 20, 2 << 20, SizeDistribution.Uniform, 8, 8, KernelLifetime.Fifo, 1, 0, null);
        RunResult without = Of(Spec(), new ComputeStep(SimTime.FromMicroseconds(1)));
        RunResult with = Of(Spec(), areas);
        (with.VmallocTableBytes.Pages - without.VmallocTableBytes.Pages).ShouldBe(8);
    }
}
