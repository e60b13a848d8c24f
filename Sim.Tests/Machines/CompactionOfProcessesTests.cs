using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>
/// Pages of a running process are moved aside for large blocks while its accesses go on. Page tables, reverse map, dirty bits and the policy's lists are
/// checked all the time; whether contents arrive where they should shows in the counts, which must be those of a machine that moves nothing.
/// </summary>
public sealed class CompactionOfProcessesTests
{
    [Theory]
    [InlineData("clock")]
    [InlineData("lru")]
    [InlineData("arc")]
    [InlineData("s3-fifo")]
    public void PagesThatAreMovedAreNeitherLostNorFaultedAgain(string reclaim)
    {
        // Pages of "stay" lie between those of "go", 4 of 20, in half of memory; then "go" goes, and 2 MiB blocks are asked for.
        ProgramStep[] steps =
        [
            Map("go", 6400), Map("stay", 1600),
            new LoopStep(400, [Sequential("go", 16), Sequential("stay", 4)]),
            new UnmapStep("go"),
            new KernelStep(KernelRequest.MovablePages, 2 << 20, 2 << 20, SizeDistribution.Uniform, 24, 24, KernelLifetime.Fifo, 1, 1, null),
            Sequential("stay", 3200, writes: 0.5),
        ];
        MachineSpec spec = Spec(reclaim) with { Memory = new ByteSize(64 << 20), CheckEvery = SimTime.FromMicroseconds(50) };
        RunResult result = Of(spec, steps);
        CounterSet process = result.Processes[0].Counters;
        result.Processes[0].KilledBy.ShouldBeNull();
        process[Counter.KernelAllocations].ShouldBe(24);
        result.KernelMeasured[Counter.PgmigrateSuccess].ShouldBeGreaterThan(100);
        process[Counter.Pgfault].ShouldBe(6400 + 1600);
        process[Counter.PageInsertions].ShouldBe(6400 + 1600);
    }
}
