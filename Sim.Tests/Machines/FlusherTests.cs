using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Reclaim;
using Sim.Core.Units;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>The kernel thread that writes dirty pages back, and how it holds writers back. Memory of 4,096 frames; the disk takes 1 ms, and 100 us for each further page.</summary>
public sealed class FlusherTests
{
    private static readonly SimTime _next = SimTime.FromMicroseconds(100);

    [Fact]
    public void ItWritesWhatHasBeenDirtyForTheExpiryTime()
    {
        MachineSpec spec = With(16, SimTime.FromMilliseconds(1), SimTime.FromMilliseconds(3));
        RunResult early = Of(spec, Written(16, SimTime.FromMilliseconds(2.9)));
        early.KernelMeasured[Counter.NrWritten].ShouldBe(0);
        RunResult late = Of(spec, Written(16, SimTime.FromMilliseconds(4.5)));
        late.KernelMeasured[Counter.NrWritten].ShouldBe(16);
        early.Elapsed.ShouldBeLessThan(SimTime.FromMilliseconds(3.5));
    }

    [Fact]
    public void ItIsPaidByThePageAsAKernelThread()
    {
        RunResult cheap = Run(SimTime.FromNanoseconds(400)), dear = Run(SimTime.FromNanoseconds(1_400));
        (dear.CpuTimes[0][(int)TimeCategory.KernelThread] - cheap.CpuTimes[0][(int)TimeCategory.KernelThread]).ShouldBe(SimTime.FromMicroseconds(16));

        static RunResult Run(SimTime page)
        {
            MachineSpec spec = With(16, SimTime.FromMilliseconds(1), SimTime.FromMilliseconds(3));
            return Of(spec with { Costs = spec.Costs.With([new(Cost.PageWriteBack, page)]) }, Written(16, SimTime.FromMilliseconds(6)));
        }
    }

    /// <summary>It borrows the address space that is loaded: the process finds its translations again.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 4)]
    public void ItBorrowsTheAddressSpaceThatIsLoaded(bool isLazy, long switches)
    {
        MachineSpec spec = With(16, SimTime.FromMilliseconds(1), SimTime.FromMilliseconds(3)) with { ContextSwitch = new Switches(isLazy) };
        RunResult run = Of(spec, [.. Written(16, SimTime.FromMilliseconds(8)), Sequential("t", 16, writes: 0)]);
        run.KernelMeasured[Counter.NrWritten].ShouldBe(16);
        // Once to begin, once to the kernel's own as the process ends; without lazy TLB also to the kernel's own and back where the process sleeps.
        run.KernelMeasured[Counter.AddressSpaceSwitches].ShouldBe(switches);
    }

    [Fact]
    public void ManyDirtyPagesWakeItAtOnceAndItStopsWhenFewAreLeft()
    {
        MachineSpec spec = With(800, SimTime.FromSeconds(5), SimTime.FromSeconds(30)) with { Writeback = WritebackSpec.Linux with { Background = 0.1, Limit = 0.9 } };
        Of(spec, Written(300, SimTime.FromSeconds(1))).KernelMeasured[Counter.NrWritten].ShouldBe(0);
        // Eight hundred pages of 3,900 that are free: the file's whole chunk goes.
        Of(spec, Written(800, SimTime.FromSeconds(1))).KernelMeasured[Counter.NrWritten].ShouldBeGreaterThan(390);
    }

    /// <summary>Who dirties more than the limit waits for the disk: its time is that of the pages beyond the limit.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhoDirtiesMoreThanTheLimitIsHeldBackToTheSpeedOfTheDisk(bool byCall)
    {
        const int pages = 2000;
        MachineSpec spec = With(pages, SimTime.FromSeconds(5), SimTime.FromSeconds(30));
        ProgramStep[] steps = byCall ? [new FileCallStep(TaskStepKind.FileWrite, 0, 0, pages * 4096L)] : Written(pages, new SimTime(1));
        RunResult free = Of(spec with { Writeback = WritebackSpec.Linux with { Background = 0.9, Limit = 1 } }, steps);
        RunResult held = Of(spec with { Writeback = WritebackSpec.Linux with { Background = 0.02, Limit = 0.05 } }, steps);
        free.DirtyWait.Count.ShouldBe(0);
        held.DirtyWait.Count.ShouldBeGreaterThan(0);
        // All but what may be dirty at the end has been written, in requests of at most the limit's pages: 5 % of 4,096.
        double disk = (_next * (pages - 205)).Seconds;
        (held.Elapsed - free.Elapsed).Seconds.ShouldBeInRange(0.9 * disk, 1.2 * disk);
        held.DirtyWait.Total.Seconds.ShouldBeInRange(0.8 * disk, 1.2 * disk);
        held.Processes.ShouldAllBe(process => process.KilledBy == null);
    }

    private static ProgramStep[] Written(int pages, SimTime pause) =>
        [new MapFileStep("t", pages, 0, 0, (int)Protection.ReadWrite, (int)MapFlags.Shared), Sequential("t", pages), new SleepStep(pause)];

    private static MachineSpec With(long pages, SimTime interval, SimTime expire) => Spec("lru") with
    {
        Memory = new ByteSize(16 << 20),
        Files = [new FileSpec("data", ByteSize.OfPages(pages), pages)],
        Disk = new BlockDeviceSpec(SimTime.FromMicroseconds(80), SimTime.FromMilliseconds(1), 1) { NextPage = _next },
        Writeback = new WritebackSpec(interval, expire),
        CheckEvery = SimTime.FromMilliseconds(1),
    };

    private sealed class Switches(bool isLazy) : IContextSwitch
    {
        public bool UsesAsids => true;

        public bool HasLazyTlb => isLazy;
    }
}
