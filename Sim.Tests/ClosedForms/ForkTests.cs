using System;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Tests.Machines;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.ClosedForms;

/// <summary>What fork costs, and when, against what can be said in advance.</summary>
public sealed class ForkTests
{
    /// <summary>N (1 - (1 - 1/N)^k) copies after k uniform stores to N shared pages; the standard deviation is below sqrt(N) / 2.</summary>
    [Theory]
    [InlineData("cow", 1000, 1500)]
    [InlineData("on-demand-fork", 1000, 1500)]
    [InlineData("cow", 5000, 1000)]
    [InlineData("on-demand-fork", 5000, 20_000)]
    public void CopiesAfterUniformStores(string policy, int pages, int stores)
    {
        RunResult result = Run(policy, pages, Uniform("heap", stores, writes: 1));
        double expected = pages * (1 - Math.Pow(1 - 1.0 / pages, stores));
        ((double)Copies(result)).ShouldBe(expected, 2 * Math.Sqrt(pages));
    }

    /// <summary>Page tables after fork: eager and copy-on-write take ceil(N / 512) leaves more, on-demand fork none, vfork nothing at all.</summary>
    [Theory]
    [InlineData("eager", 10, 3)]
    [InlineData("cow", 10, 3)]
    [InlineData("on-demand-fork", 0, 3)]
    [InlineData("vfork", 0, 0)]
    public void PageTablesGrowByAChildsOwn(string policy, int leaves, int upper)
    {
        const int pages = 10 * 512;
        long Tables(params ProgramStep[] steps) =>
            Of(ProcessTests.With(policy), [Map("heap", pages), new TouchStep("heap", pages, false, 1), .. steps]).PeakBytesOfKind[(int)KernelObject.PageTable].Bytes / ByteSize.PageBytes;
        (Tables(new ForkStep(1, [new SleepStep(SimTime.FromMilliseconds(1))]), new WaitStep(true)) - Tables()).ShouldBe(leaves + upper);
    }

    /// <summary>Time of the call: proportional to pages for eager and copy-on-write, to leaf tables for on-demand fork.</summary>
    [Theory]
    [InlineData("eager", Cost.PageCopy, 512)]
    [InlineData("cow", Cost.EntryFork, 512)]
    [InlineData("on-demand-fork", Cost.TableShare, 1)]
    public void TheCallGrowsByThePolicysUnit(string policy, Cost unit, int unitsPerLeaf)
    {
        CostModel costs = CostModel.Find(CostModel.Presets[0])!;
        double perLeaf = (CallOf(policy, 20 * 512) - CallOf(policy, 10 * 512)) / 10;
        double least = unitsPerLeaf * costs[unit].Nanoseconds;
        perLeaf.ShouldBeInRange(least, least * 2.2);
    }

    /// <summary>
    /// The dirtied share from which eager copying is cheaper: f* = (c_copy - c_pte) / (c_copy + c_fault + c_shoot), where c_copy is what a page costs in
    /// either place (frame, account, entry, copy) and c_fault what the trap and the lookup add. Above it eager wins, below it copy-on-write.
    /// </summary>
    [Fact]
    public void TheBreakEvenOfEagerCopyingLiesWhereTheFormulaHasIt()
    {
        const int pages = 4096;
        CostModel costs = CostModel.Find(CostModel.Presets[0])!;
        double copy = Sum(costs, Cost.FrameAllocate, Cost.PageAccount, Cost.EntryInstall, Cost.PageCopy), entry = Sum(costs, Cost.EntryFork);
        // Beside the trap a fault looks its mapping up (one node of the index, two comparisons) and walks again, and the stale translation is flushed.
        double fault = Sum(costs, Cost.FaultEntryExit, Cost.VmaLookup, Cost.VmaNodeVisit, Cost.VmaCompare, Cost.VmaCompare, Cost.WalkLeafEntry, Cost.SharedPageCheck, Cost.TlbFlushPage);
        double share = (copy - entry) / (copy + fault);
        share.ShouldBeInRange(0.5, 1);
        Difference(share - 0.03).ShouldBeGreaterThan(0);
        Difference(share + 0.03).ShouldBeLessThan(0);

        double Difference(double dirtied) => Busy("eager", dirtied) - Busy("cow", dirtied);

        // The parent has ended before the child stores, or the last owner would take pages over: it sleeps.
        double Busy(string policy, double dirtied) => MachineTime(Run(policy, pages, new TouchStep("heap", (long)(dirtied * pages), true, 1)));
    }

    private static double Sum(CostModel costs, params Cost[] parts) => parts.Sum(part => costs[part].Nanoseconds);

    private static double MachineTime(RunResult result) => Enum.GetValues<TimeCategory>().Where(category => category != TimeCategory.Idle)
        .Sum(category => result.CpuTimes.Sum(cpu => cpu[(int)category].Nanoseconds));

    private static double CallOf(string policy, int pages)
    {
        MachineSpec spec = ProcessTests.With(policy) with { Scheduler = Scheduler("round-robin(quantum=10s)"), Memory = new ByteSize(256 << 20), CheckEvery = null };
        RunResult result = MachineRun.Of(spec, Map("heap", pages), new TouchStep("heap", pages, false, 1), new ForkStep(2, [new ExitStep()]), new WaitStep(true));
        return (result.Processes[2].Started - result.Processes[1].Started).Nanoseconds;
    }

    private static RunResult Run(string policy, int pages, ProgramStep child) => MachineRun.Of(ProcessTests.With(policy) with { CheckEvery = null },
        Map("heap", pages), new TouchStep("heap", pages, false, 1), new ForkStep(1, [child]), new WaitStep(true));

    private static long Copies(RunResult result) => result.Processes.Sum(process => process.Counters[Counter.CowCopies]);
}
