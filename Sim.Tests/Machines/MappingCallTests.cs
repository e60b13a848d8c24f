using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Calls on mappings from inside the machine, with pages resident, in swap and on their way; all invariants are checked on the way.</summary>
public sealed class MappingCallTests
{
    [Fact]
    public void PagesKeepTheirPlaceThroughProtectionAndMoves()
    {
        RunResult run = Of(Spec("clock", quota: 60),
            Map("r", 200), Skewed("r", 2_000), Protect("r", 0, 200, 0), Protect("r", 0, 200, 1), Uniform("r", 1_000, writes: 0),
            new RemapStep("r", 300), Uniform("r", 2_000, writes: 0), Protect("r", 0, 300, 3), Skewed("r", 2_000),
            new RemapStep("r", 50), Uniform("r", 500), Advise("r", 0, 50, Advice.DontNeed), Sequential("r", 50));
        Process(run).KilledBy.ShouldBeNull();
        Process(run).Counters[Counter.MappingCalls].ShouldBe(7);
    }

    [Fact]
    public void AStoreToWhatMayOnlyBeReadIsASegmentationFault()
    {
        RunResult run = Of(Spec(), Map("r", 10), Sequential("r", 10), Protect("r", 0, 10, 1), Sequential("r", 10, writes: 0), Sequential("r", 10));
        Process(run).KilledBy.ShouldStartWith("SIGSEGV at ");
        Process(run).Counters[Counter.References].ShouldBe(20);
    }

    [Fact]
    public void WhatMayNotBeReadFaultsThoughItsPagesAreThere()
    {
        RunResult run = Of(Spec(), Map("r", 10), Sequential("r", 10), Protect("r", 0, 10, 0), Sequential("r", 10, writes: 0));
        Process(run).KilledBy.ShouldStartWith("SIGSEGV at ");
        Process(run).Counters[Counter.References].ShouldBe(10);
    }

    /// <summary>The mark of MADV_FREE comes with its batch, here with the next advice, and finds pages that have been stored to meanwhile.</summary>
    [Fact]
    public void APageThatIsStoredToBetweenMadvFreeAndItsMarkIsKept()
    {
        RunResult run = Of(Spec("lru", quota: 20), Map("r", 10), Sequential("r", 10), Advise("r", 0, 10, Advice.Free), Sequential("r", 10),
            Map("other", 40), Advise("other", 0, 1, Advice.Free), Sequential("other", 40), Sequential("r", 10, writes: 0));
        Process(run).Counters[Counter.Pgmajfault].ShouldBe(10);
    }

    [Fact]
    public void WhatAChildNeedsNoMoreIsKeptForItsParent()
    {
        RunResult run = Of(Spec("lru", quota: 20), Map("r", 10), Sequential("r", 10), new ForkStep(1, [Advise("r", 0, 10, Advice.Free), Advise("r", 0, 10, Advice.Free)]),
            new WaitStep(ForAll: true), Map("other", 40), Sequential("other", 40), Sequential("r", 10, writes: 0));
        run.Processes[0].Counters[Counter.Pgmajfault].ShouldBe(10);
    }

    [Fact]
    public void LockedPagesAreFaultedInAtOnceAndNeverEvicted()
    {
        RunResult run = Of(Spec("lru", quota: 60), Map("locked", 40), new RegionCallStep(TaskStepKind.Lock, "locked", 0, 40, 0, 0),
            Map("r", 200), Uniform("r", 3_000), Sequential("locked", 40));
        CounterSet counters = Process(run).Counters;
        Process(run).KilledBy.ShouldBeNull();
        counters[Counter.PgstealDirect].ShouldBeGreaterThan(0);
        RunResult without = Of(Spec("lru", quota: 60), Map("locked", 40), new RegionCallStep(TaskStepKind.Lock, "locked", 0, 40, 0, 0),
            Map("r", 200), Uniform("r", 3_000));
        counters[Counter.Pgfault].ShouldBe(Process(without).Counters[Counter.Pgfault], "no fault on a locked page");
    }

    [Fact]
    public void LockingMoreThanTheLimitIsAnErrorThatTheProgramGivesUpOver()
    {
        RunResult run = Of(Spec(), Map("r", 3_000), new RegionCallStep(TaskStepKind.Lock, "r", 0, 3_000, 0, 0));
        Process(run).KilledBy.ShouldBe("mlock failed: ENOMEM");
    }

    [Fact]
    public void DiscardedPagesAreZeroFilledAgain()
    {
        RunResult run = Of(Spec(), Map("r", 100), Sequential("r", 100), Advise("r", 20, 30, Advice.DontNeed), Sequential("r", 100));
        Process(run).Counters[Counter.PageInsertions].ShouldBe(130);
    }

    private static RegionCallStep Protect(string region, long offset, long pages, int protection) =>
        new(TaskStepKind.Protect, region, offset, pages, protection, 0);

    private static RegionCallStep Advise(string region, long offset, long pages, Advice advice) =>
        new(TaskStepKind.Advise, region, offset, pages, 0, (int)advice);

    private static Core.Processes.Process Process(RunResult run) => run.Processes.Single();
}
