using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Files under programs of the machine: what is read, when others wait, and what becomes of pages that must go. The disk takes 80 us, and 1 us for each further page.</summary>
public sealed class FileMappingTests
{
    private const FaultErrorCode Load = FaultErrorCode.User;
    private static readonly SimTime _read = SimTime.FromMicroseconds(80), _write = SimTime.FromMicroseconds(20), _next = SimTime.FromMicroseconds(1);

    /// <summary>One load of the fortieth page of a file.</summary>
    private static readonly ProgramStep[] _fortieth = [new MapFileStep("t", 1, 0, 40, 1, (int)MapFlags.Shared), Sequential("t", 1, writes: 0)];

    public static TheoryData<string> Policies => [.. BuiltIn.Policies.At("reclaim").Where(entry => !entry.NeedsFuture).Select(entry => entry.Name)];

    [Fact]
    public void AMajorFaultReadsThirtyTwoPagesInOneRequestAndTheTaskSleepsMeanwhile()
    {
        RunResult run = Of(With(256), _fortieth);
        run.Processes[0].Counters[Counter.Pgfault].ShouldBe(1);
        run.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(1);
        (run.KernelMeasured[Counter.FileReadRequests], run.KernelMeasured[Counter.FilePagesRead]).ShouldBe((1, 32));
        run.FaultsByKind.Kinds().ShouldBe([(Load, FaultCause.FileRead, FaultOutcome.Reading, 1)]);
        run.DiskLatency.Maximum.ShouldBe(_read + _next * 31);
        run.FaultLatency.Mean.ShouldBeInRange(_read + _next * 31, _read + _next * 31 + SimTime.FromMicroseconds(30));
    }

    /// <summary>Of a window of 32 pages the sixteen before the page come first, and take all frames.</summary>
    [Fact]
    public void AFaultGetsItsPageWhereTheWindowIsLargerThanTheQuota()
    {
        RunResult run = Of(With(256, quota: 10) with { Reclaim = Spec("mru").Reclaim }, _fortieth);
        run.Processes[0].Counters[Counter.References].ShouldBe(1);
        run.Processes[0].Counters[Counter.PageInsertions].ShouldBeLessThan(20);
    }

    [Fact]
    public void WhatIsCachedIsMappedAroundTheFaultWithoutReading()
    {
        RunResult run = Of(With(64, cached: 64), File("t", 64), Sequential("t", 64, writes: 0));
        // Sixteen pages of addresses at a time, which the mapping need not begin with.
        run.FaultsByKind.Kinds().Single().ShouldBeOneOf((Load, FaultCause.FileRead, FaultOutcome.Mapped, 4), (Load, FaultCause.FileRead, FaultOutcome.Mapped, 5));
        run.KernelMeasured[Counter.FilePagesRead].ShouldBe(0);
    }

    [Fact]
    public void WhoeverWantsAPageThatIsOnItsWayWaitsForTheSameRequest()
    {
        RunResult run = Of(With(256) with { Cpus = 2 }, [_fortieth, _fortieth]);
        run.KernelMeasured[Counter.FileReadRequests].ShouldBe(1);
        run.Processes.Sum(process => process.Counters[Counter.Pgmajfault]).ShouldBe(1);
        run.Processes.Sum(process => process.Counters[Counter.Pgfault]).ShouldBe(2);
        run.FaultsByKind.Kinds().ShouldBe([(Load, FaultCause.FileRead, FaultOutcome.Reading, 2)]);
    }

    [Fact]
    public void OthersRunWhileOneReads()
    {
        RunResult run = Of(With(256), [_fortieth, [new ComputeStep(_read * 10)]]);
        run.Elapsed.ShouldBeLessThan(_read * 11);
    }

    [Fact]
    public void ReadingAheadIsNotWaitedFor()
    {
        // 512 pages at 4 us of computing each: but for the first windows every read is over before anybody gets there.
        ProgramStep[] steps = [File("t", 512), new LoopStep(512, [Sequential("t", 1, writes: 0), new ComputeStep(SimTime.FromMicroseconds(4))])];
        RunResult run = Of(With(512), steps);
        run.KernelMeasured[Counter.FilePagesRead].ShouldBe(512);
        run.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(1);
        run.Elapsed.ShouldBeLessThan(SimTime.FromMicroseconds(512 * 5.2) + (_read + _next * 31) * 2);
    }

    [Fact]
    public void ACleanPageIsDroppedAndReadAgainAndADirtyOneIsWrittenFirst()
    {
        RunResult clean = Of(With(128, quota: 32), File("t", 128), Sequential("t", 256, writes: 0));
        clean.KernelMeasured[Counter.NrWritten].ShouldBe(0);
        clean.Processes[0].Counters[Counter.WorkingsetRefaultFile].ShouldBeGreaterThan(64);
        RunResult dirty = Of(With(128, quota: 32), File("t", 128), Sequential("t", 256));
        dirty.KernelMeasured[Counter.NrDirtied].ShouldBe(256);
        // What is still in memory at the end is nobody's to write.
        dirty.KernelMeasured[Counter.NrWritten].ShouldBeInRange(256 - 32, 256);
    }

    [Fact]
    public void WhatIsCachedFromTheStartIsNobodysUnderAQuotaAndGoesAtTheEnd()
    {
        RunResult run = Of(With(64, cached: 48, quota: 20), File("t", 8), Sequential("t", 8, writes: 0));
        run.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(0);
        run.Processes[0].KilledBy.ShouldBeNull();
    }

    [Fact]
    public void WhoWaitsForAPageThatIsBeingWrittenOutReadsItAgain()
    {
        // With five frames the store that comes back finds its page on the way to the disk.
        RunResult run = Of(With(64, quota: 5), File("t", 64), Uniform("t", 2_000));
        run.Processes.ShouldAllBe(process => process.KilledBy == null);
        run.KernelMeasured[Counter.NrWritten].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void APrivateStoreCopiesOnePageAndLeavesTheFileClean()
    {
        RunResult run = Of(With(64, cached: 64), File("t", 64, isShared: false), Sequential("t", 1), new FileCallStep(TaskStepKind.FileSync, 0, 0, 0));
        run.FaultsByKind.Kinds().Single().ShouldBe((Load | FaultErrorCode.Write, FaultCause.FileCopy, FaultOutcome.Mapped, 1));
        (run.KernelMeasured[Counter.NrDirtied], run.KernelMeasured[Counter.NrWritten]).ShouldBe((0, 0));
    }

    [Fact]
    public void FsyncWaitsForTheDiskAndTheNextStoreFaultsAgain()
    {
        var sync = new FileCallStep(TaskStepKind.FileSync, 0, 0, 0);
        RunResult run = Of(With(16, cached: 16), File("t", 16), Sequential("t", 16), sync, sync, Sequential("t", 16));
        run.KernelMeasured[Counter.NrWritten].ShouldBe(16);
        run.KernelMeasured[Counter.FileWriteRequests].ShouldBe(1);
        run.KernelMeasured[Counter.NrDirtied].ShouldBe(32);
        run.FaultsByKind[Load | FaultErrorCode.Write | FaultErrorCode.Present, FaultCause.FileWrite, FaultOutcome.Mapped].ShouldBe(16);
        run.Elapsed.ShouldBeGreaterThan(_write + _next * 15);
    }

    [Fact]
    public void MsyncWritesThePartThatItNames()
    {
        RunResult run = Of(With(16, cached: 16), File("t", 16), Sequential("t", 16), new RegionCallStep(TaskStepKind.Synchronise, "t", 4, 8, 0, 0));
        run.KernelMeasured[Counter.NrWritten].ShouldBe(8);
        run.Elapsed.ShouldBeGreaterThan(_write + _next * 7);
    }

    [Fact]
    public void CallsReadAheadAndCopyAndWritesNeedNoReading()
    {
        RunResult read = Of(With(64), new FileCallStep(TaskStepKind.FileRead, 0, 0, 64 * 4096));
        read.KernelMeasured[Counter.FilePagesRead].ShouldBe(64);
        RunResult whole = Of(With(64), new FileCallStep(TaskStepKind.FileWrite, 0, 0, 64 * 4096));
        (whole.KernelMeasured[Counter.FilePagesRead], whole.KernelMeasured[Counter.NrDirtied]).ShouldBe((0, 64));
        // Of a page of which a part stays the rest is read first.
        RunResult part = Of(With(64), new FileCallStep(TaskStepKind.FileWrite, 0, 100, 4096));
        (part.KernelMeasured[Counter.FilePagesRead], part.KernelMeasured[Counter.NrDirtied]).ShouldBe((2, 2));
    }

    [Fact]
    public void ATouchBeyondTheNewEndOfATruncatedFileIsABusError()
    {
        RunResult run = Of(With(16, cached: 16), File("t", 16), Sequential("t", 16), new FileCallStep(TaskStepKind.FileTruncate, 0, 8 * 4096, 0), Sequential("t", 16));
        run.Processes[0].KilledBy!.ShouldStartWith("SIGBUS");
        run.FaultsByKind.Kinds().Single(kind => kind.Outcome == FaultOutcome.BusError).Cause.ShouldBe(FaultCause.BeyondEnd);
    }

    [Fact]
    public void WhatIsDroppedIsReadAgainUnlessItIsMapped()
    {
        var drop = new FileCallStep(TaskStepKind.FileDrop, 0, 0, 0);
        Of(With(64, cached: 64), drop, new FileCallStep(TaskStepKind.FileRead, 0, 0, 64 * 4096)).KernelMeasured[Counter.FilePagesRead].ShouldBe(64);
        Of(With(16, cached: 16), File("t", 16), Sequential("t", 16, writes: 0), drop, Sequential("t", 16, writes: 0)).KernelMeasured[Counter.FilePagesRead].ShouldBe(0);
    }

    [Fact]
    public void PopulatingWaitsForTheDiskAndLeavesNoFaults()
    {
        RunResult run = Of(With(256), File("t", 256, flags: MapFlags.Populate), Sequential("t", 256, writes: 0));
        run.KernelMeasured[Counter.FilePagesRead].ShouldBe(256);
        run.FaultsByKind.Kinds().Where(kind => (kind.Code & FaultErrorCode.User) != 0).ShouldBeEmpty();
        run.Elapsed.ShouldBeGreaterThan(_read + _next * 31);
    }

    [Fact]
    public void LockingWaitsForWhatLiesInSwap()
    {
        var locks = new RegionCallStep(TaskStepKind.Lock, "r", 0, 20, 0, 0);
        RunResult run = Of(Spec("lru", quota: 40), Map("r", 60), Sequential("r", 60), locks, Sequential("r", 20));
        // All of the first twenty are in swap, since sixty pages went through forty frames; none of them is missing after mlock.
        run.FaultsByKind[FaultErrorCode.Write, FaultCause.SwapIn, FaultOutcome.Waiting].ShouldBe(20);
        run.FaultsByKind.Kinds().Where(kind => kind.Cause == FaultCause.SwapIn && (kind.Code & FaultErrorCode.User) != 0).ShouldBeEmpty();
        run.Elapsed.ShouldBeGreaterThan(_read * 20);
    }

    [Fact]
    public void AFileOutlivesWhoReadItAndIsThereForTheNext()
    {
        MachineSpec spec = With(64);
        ProgramStep[] steps = [File("t", 64), Sequential("t", 64, writes: 0)];
        RunResult run = new Machine(spec, [Process(0, steps), Process(1, steps, SimTime.FromMilliseconds(10))]).Run();
        run.Processes.Select(process => process.Counters[Counter.Pgmajfault] > 0).ShouldBe([true, false]);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void EveryPolicyKeepsFilesAndAnonymousMemoryInOneListAndLosesNothing(string policy)
    {
        MachineSpec spec = With(400) with { Memory = new ByteSize(1 << 20), Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy), Cpus = 2, Seed = 5, CheckEvery = SimTime.FromMilliseconds(5) };
        ProgramStep[] steps =
        [
            File("t", 400), File("p", 200, isShared: false), Map("r", 150),
            new LoopStep(2,
            [
                Skewed("t", 300), Uniform("p", 150), Uniform("r", 250), new FileCallStep(TaskStepKind.FileRead, 0, 100_000, 300_000),
                new FileCallStep(TaskStepKind.FileWrite, 0, 50_000, 100_000), new FileCallStep(TaskStepKind.FileDrop, 0, 0, 0),
            ]),
            new FileCallStep(TaskStepKind.FileSync, 0, 0, 0),
        ];
        foreach (int? quota in (int?[])[null, 60])
        {
            RunResult run = Of(spec with { QuotaFrames = quota }, [steps, steps]);
            run.Processes.ShouldAllBe(process => process.KilledBy == null);
            run.Processes.Sum(process => process.Counters[Counter.PgstealDirect]).ShouldBeGreaterThan(300);
            run.Digest.ShouldBe(Of(spec with { QuotaFrames = quota, CheckEvery = null }, [steps, steps]).Digest);
        }
    }

    private static MachineSpec With(long pages, long cached = 0, int? quota = null) => Spec("lru", quota) with
    {
        Memory = new ByteSize(16 << 20),
        Files = [new FileSpec("data", ByteSize.OfPages(pages), cached)],
    };

    private static MapFileStep File(string name, long pages, bool isShared = true, MapFlags flags = 0) =>
        new(name, pages, 0, 0, (int)Protection.ReadWrite, (int)((isShared ? MapFlags.Shared : MapFlags.Private) | flags));
}
