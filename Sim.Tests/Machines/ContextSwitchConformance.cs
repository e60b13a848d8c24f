using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>What every context-switch policy owes, with its default options and lazily or not. Invariants, TLB against page table among them, are checked all along.</summary>
public sealed class ContextSwitchConformance
{
    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("context-switch").SelectMany(entry => new[] { entry.Name, entry.Name + "(lazy-tlb=false)" }));

    /// <summary>Under lru, which sees every access; clock sees walks, of which there are more after a flush.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void CountsOfFaultsDoNotDependOnIt(string policy)
    {
        ProgramStep[] steps = [Map("r", 300), new LoopStep(5, [Uniform("r", 1_000), new SleepStep(SimTime.FromMicroseconds(700)), Map("x", 9), Sequential("x", 20), new UnmapStep("x")])];
        CounterSet plain = Of(Spec("lru", quota: 100), steps).Processes[0].Counters;
        CounterSet counters = Of(With(policy, cpus: 1, kernelThreads: 2) with { Reclaim = Spec("lru").Reclaim, QuotaFrames = 100 }, steps).Processes[0].Counters;
        foreach (Counter counter in new[] { Counter.References, Counter.Pgfault, Counter.Pgmajfault, Counter.PageInsertions })
            counters[counter].ShouldBe(plain[counter], counter.ToString());
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void EverySwitchIsOfOneKind(string policy)
    {
        CounterSet counters = Busy(With(policy, cpus: 2, kernelThreads: 2)).KernelMeasured;
        counters[Counter.ContextSwitches].ShouldBeGreaterThan(100);
        (counters[Counter.ContextSwitchesSameMm] + counters[Counter.ContextSwitchesOtherMm] + counters[Counter.ContextSwitchesKernelThread])
            .ShouldBe(counters[Counter.ContextSwitches]);
        if (policy.Contains("lazy-tlb=false")) counters[Counter.LazyTlbBorrows].ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void TheSameMachineDoesTheSameAgain(string policy) =>
        Busy(With(policy, cpus: 3, kernelThreads: 3)).Digest.ShouldBe(Busy(With(policy, cpus: 3, kernelThreads: 3)).Digest);

    [Fact]
    public void IdentifiersAndBorrowingEachSaveFlushes()
    {
        long Flushes(string policy) => Busy(With(policy, cpus: 1, kernelThreads: 2)).KernelMeasured[Counter.TlbLocalFlushAll];
        Flushes("flush").ShouldBeLessThan(Flushes("flush(lazy-tlb=false)"));
        Flushes("asid").ShouldBeLessThan(Flushes("flush"));
        Flushes("asid").ShouldBeLessThanOrEqualTo(Flushes("asid(lazy-tlb=false)"));
    }

    private static RunResult Busy(MachineSpec spec) => Of(spec, [
        [Map("r", 200), new CloneStep(2, [new LoopStep(10, [Uniform("r", 500), new SleepStep(SimTime.FromMicroseconds(300))])]),
            new LoopStep(20, [Map("x", 12), Sequential("x", 12), new UnmapStep("x"), new SleepStep(SimTime.FromMicroseconds(150))]), new JoinStep()],
        [Map("r", 150), new LoopStep(30, [Uniform("r", 400), new ComputeStep(SimTime.FromMicroseconds(120)), new SleepStep(SimTime.FromMicroseconds(90))])]]);

    private static MachineSpec With(string policy, int cpus, int kernelThreads) => Spec() with
    {
        Cpus = cpus,
        Scheduler = Scheduler("round-robin(quantum=200us)"),
        ContextSwitch = (IContextSwitch)PolicyChoice.Parse(BuiltIn.Policies, "context-switch", policy).Create(new PolicyContext(0, 0, 0)),
        KernelThreads = [.. Enumerable.Range(1, kernelThreads).Select(number =>
            new KernelThreadSpec($"k{number}", () => new PeriodicWork(SimTime.FromMicroseconds(110 * number), SimTime.FromMicroseconds(15))))],
    };
}
