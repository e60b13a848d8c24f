using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Physical.Slab;
using Sim.Core.Units;
using Sim.Tests.Machines;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Workloads;

/// <summary>Streams of kernel allocations: how many live, which go first, who frees them, and what a machine gives them.</summary>
public sealed class KernelStreamTests
{
    [Fact]
    public void AStreamKeepsSoManyAliveAndFreesThemAtTheEnd()
    {
        var steps = Steps(Kmalloc(192, count: 10, live: 3, KernelLifetime.Fifo));
        // Allocations are numbered from 1. The fourth makes the first go, and so on; at the end the three that are left go.
        steps.ShouldBe(["+", "+", "+", "+", "-1", "+", "-2", "+", "-3", "+", "-4", "+", "-5", "+", "-6", "+", "-7", "-8", "-9", "-10"]);
    }

    [Fact]
    public void BurstsComeInARow() =>
        Steps(Kmalloc(192, count: 6, live: 2, KernelLifetime.Lifo) with { Burst = 3 }).ShouldBe(["+", "+", "+", "-3", "+", "+", "+", "-6", "-5", "-4", "-2", "-1"]);

    [Fact]
    public void AShareOfWhatLivesAtTheEndMayStay() =>
        Steps(Kmalloc(192, count: 4, live: 4, KernelLifetime.Fifo) with { KeepShare = 0.5 }).ShouldBe(["+", "+", "+", "+", "-1", "-2"]);

    [Fact]
    public void SizesLieInTheirRangeAndLogUniformOnesAreSmallerOnAverage()
    {
        long[] uniform = Sizes(SizeDistribution.Uniform), log = Sizes(SizeDistribution.LogUniform);
        (uniform.Min() >= 8 && uniform.Max() <= 4096 && log.Min() >= 8 && log.Max() <= 4096).ShouldBeTrue();
        uniform.Average().ShouldBe((8 + 4096) / 2.0, 60);
        // The mean of a log-uniform size is (b - a) / ln(b / a).
        log.Average().ShouldBe((4096 - 8) / System.Math.Log(4096 / 8.0), 40);

        static long[] Sizes(SizeDistribution sizes)
        {
            var stream = new KernelStep(KernelRequest.Kmalloc, 8, 4096, sizes, 5000, 1, KernelLifetime.Fifo, 1, 0, null);
            return [.. Run(new ProgramRun([stream], _ => 7)).Where(step => step.Kind == TaskStepKind.KernelAllocate).Select(step => step.First)];
        }
    }

    [Fact]
    public void AMachineGivesEveryRequestAndTakesAllBack()
    {
        RunResult result = MachineRun.Of(Spec() with { Cpus = 2 }, [
            Kmalloc(192, count: 500, live: 100, KernelLifetime.Random),
            Kmalloc(100_000, count: 20, live: 3, KernelLifetime.Fifo),
            Kmalloc(8192, count: 30, live: 5, KernelLifetime.Random) with { Request = KernelRequest.Pages },
            Kmalloc(2 << 20, count: 4, live: 4, KernelLifetime.Random) with { Request = KernelRequest.MovablePages, KeepShare = 1 },
            Kmalloc(1 << 20, count: 10, live: 2, KernelLifetime.Random) with { Request = KernelRequest.Vmalloc },
            Kmalloc(8192, count: 10, live: 2, KernelLifetime.Random) with { Request = KernelRequest.MapRam }]);
        result.Processes[0].KilledBy.ShouldBeNull();
        result.Processes[0].Counters[Counter.KernelAllocations].ShouldBe(500 + 20 + 30 + 4 + 10 + 10);
        result.Processes[0].Counters[Counter.KernelAllocationFailures].ShouldBe(0);
        result.PeakStepTakenBytes.Bytes.ShouldBeGreaterThanOrEqualTo(result.PeakStepBytes.Bytes);
    }

    [Fact]
    public void ASnapshotShowsMemoryInTheFormsOfProc()
    {
        RunResult result = MachineRun.Of(Spec() with { SnapshotsAt = [SimTime.FromMilliseconds(1), SimTime.FromMilliseconds(2), SimTime.FromMilliseconds(9)] }, [
            Kmalloc(192, count: 100, live: 100, KernelLifetime.Fifo) with { KeepShare = 1 }, new SleepStep(SimTime.FromMilliseconds(5))]);
        result.Snapshots.Count.ShouldBe(2);
        MemorySnapshot snapshot = result.Snapshots[0];
        snapshot.Time.ShouldBeGreaterThanOrEqualTo(SimTime.FromMilliseconds(1));
        snapshot.SlabInfo.ShouldContain("kmalloc-192          100");
        snapshot.SlabInfo.ShouldContain("task_struct            1");
        snapshot.VmallocInfo.ShouldContain("20480 kernel_clone pages=4 vmalloc N0=4");
        snapshot.BuddyInfo.ShouldStartWith("Node 0, zone      DMA ");
        snapshot.PageTypeInfo.ShouldStartWith("Page block order: 9\n");
        MachineRun.Of(Spec(), [new SleepStep(SimTime.FromMilliseconds(5))]).Snapshots.ShouldBeEmpty();
    }

    [Fact]
    public void AStepThatFreesWhatNobodyHandsOverGivesUp() =>
        MachineRun.Of(Spec(), [new KernelFreeStep("nothing", 5)]).Elapsed.ShouldBeInRange(SimTime.FromMilliseconds(100), SimTime.FromMilliseconds(110));

    [Fact]
    public void WhatOneThreadHandsOverAnotherFreesOnAnotherCpu()
    {
        RunResult result = MachineRun.Of(Spec() with { Cpus = 2 }, [
            new CloneStep(1, [new KernelFreeStep("objects", 2000)]),
            Kmalloc(256, count: 2000, live: 10, KernelLifetime.Fifo) with { HandOver = "objects" },
            new JoinStep()]);
        result.Processes[0].KilledBy.ShouldBeNull();
        // 2000 objects of 256 bytes would be 500 KiB. The consumer keeps up, so that far fewer live at once.
        result.PeakStepBytes.Bytes.ShouldBeLessThan(2000 * 256 / 2);
    }

    [Theory]
    [InlineData("slub")]
    [InlineData("slab")]
    [InlineData("none")]
    public void WithoutSlabsAnObjectTakesAFrame(string design)
    {
        ISlabDesign slab = design switch { "slub" => new SlubDesign(), "slab" => new SlabDesign(), _ => new FrameDesign() };
        RunResult result = MachineRun.Of(Spec() with { Slab = slab }, [Kmalloc(128, count: 3200, live: 3200, KernelLifetime.Fifo)]);
        result.PeakStepBytes.ShouldBe(new ByteSize(3200 * 128));
        // slub: 32 a frame. slab: 30, the descriptor lies with them, and a batch of 60 is in the CPU's array. none: one.
        long frames = design == "slub" ? 100 : design == "slab" ? 108 : 3200;
        result.PeakStepTakenBytes.Pages.ShouldBeInRange(frames, frames + 3);
    }

    [Fact]
    public void WhenMemoryIsShortTheOldestReclaimableObjectsGo()
    {
        RunResult result = MachineRun.Of(Spec() with { Memory = new ByteSize(4 << 20) }, [
            Kmalloc(4096, count: 3000, live: 3000, KernelLifetime.Fifo) with { Request = KernelRequest.ReclaimableKmalloc }]);
        result.Processes[0].Counters[Counter.KernelAllocations].ShouldBe(3000);
        result.PeakStepBytes.Bytes.ShouldBeLessThan(4 << 20);
    }

    private static KernelStep Kmalloc(long bytes, long count, long live, KernelLifetime lifetime) =>
        new(KernelRequest.Kmalloc, bytes, bytes, SizeDistribution.Uniform, count, live, lifetime, 1, 0, null);

    private static string[] Steps(KernelStep step) => [.. Run(new ProgramRun([step], _ => 7)).Select(next => next.Kind == TaskStepKind.KernelAllocate ? "+" : $"-{next.First}")];

    private static IEnumerable<TaskStep> Run(ProgramRun program)
    {
        long numbers = 0, result = 0;
        while (program.Next(result, []) is { Kind: not TaskStepKind.Exit } step)
        {
            result = step.Kind == TaskStepKind.KernelAllocate ? ++numbers : 0;
            yield return step;
        }
    }
}
