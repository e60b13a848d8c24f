using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Threads that wait for each other over their address space: the lock by itself, worked examples, and what every policy owes.</summary>
public sealed class MmLockTests
{
    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("mm-lock").Select(entry => entry.Name));

    [Fact]
    public void TheLockGoesToThoseThatWaitInTheOrderInWhichTheyCame()
    {
        var of = new MmLock();
        SimTask[] tasks = [.. Enumerable.Range(0, 6).Select(id => new SimTask(id, new Process(id, "p"), null, new PeriodicWork(new SimTime(1), new SimTime(1)), null!))];
        var shared = new MmLockRequest(MmLockMode.Shared);
        var exclusive = new MmLockRequest(MmLockMode.Exclusive, 10, 20);

        // Two readers have it until 5 and 8. A writer, two readers and a writer wait.
        of.Hold(tasks[0], shared, new SimTime(5));
        of.Admits(shared).ShouldBeTrue();
        of.Hold(tasks[1], shared, new SimTime(8));
        of.Admits(exclusive).ShouldBeFalse();
        of.Await(tasks[2], exclusive, cpu: 0);
        of.Await(tasks[3], shared, cpu: 1);
        of.Await(tasks[4], shared, cpu: 2);
        of.Await(tasks[5], exclusive, cpu: 3);
        of.FirstEnd.ShouldBe(new SimTime(5));

        of.Expire(new SimTime(5));
        of.TryHandOver(out _, out _).ShouldBeFalse();
        of.Expire(new SimTime(8));
        HandedTo(2);
        of.Hold(tasks[2], exclusive, new SimTime(12));
        of.IsChanging(19, 30).ShouldBeTrue();
        of.IsChanging(20, 30).ShouldBeFalse();
        of.TryHandOver(out _, out _).ShouldBeFalse();

        of.Expire(new SimTime(12));
        HandedTo(3);
        HandedTo(4);
        of.TryHandOver(out _, out _).ShouldBeFalse("a reader that has been handed the lock has it until it has run");
        of.Hold(tasks[3], shared, new SimTime(15));
        of.Forget(tasks[4]);
        of.Expire(new SimTime(15));
        HandedTo(5);
        of.IsAwaited.ShouldBeFalse();

        void HandedTo(int task)
        {
            of.TryHandOver(out SimTask next, out int cpu).ShouldBeTrue();
            (next.Id, cpu).ShouldBe((task, task - 2));
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void OneThreadDoesTheSameWhateverTheLock(string policy)
    {
        ProgramStep[] steps = [Map("r", 200), Uniform("r", 3_000), new LoopStep(5, [Map("x", 30), Sequential("x", 60), new UnmapStep("x")]), new ForkStep(1, [Uniform("r", 300)]), new WaitStep(ForAll: true)];
        Of(With(policy), steps).Digest.ShouldBe(Of(With(null), steps).Digest);
        Of(With(policy) with { Cpus = 1 }, steps).Digest.ShouldBe(Of(With(null) with { Cpus = 1 }, steps).Digest);
    }

    /// <summary>One thread unmaps 2,000 pages, which takes 0.8 ms, while another one takes first touches elsewhere, in a mapping whose anon_vma is there.</summary>
    [Theory]
    [InlineData("none", false)]
    [InlineData("mmap-sem", true)]
    [InlineData("per-vma", false)]
    public void AFaultWaitsForACallElsewhereOnlyUnderTheLockOfTheWholeAddressSpace(string policy, bool waits)
    {
        RunResult run = Of(With(policy), Map("x", 2_000), Sequential("x", 2_000), Map("between", 2), new RegionCallStep(TaskStepKind.Protect, "between", 0, 2, Protection: 0, Flags: 0),
            Map("r", 3_000), Sequential("r", 1), new CloneStep(1, [Sequential("r", 3_000)]), new ComputeStep(SimTime.FromMicroseconds(500)), new UnmapStep("x"), new JoinStep());
        CounterSet counters = run.Processes[0].Counters;
        // The call waits for a fault first.
        counters[Counter.MmLockContended].ShouldBe(waits ? 2 : 0);
        if (waits) run.MmLockWait.Maximum.Seconds.ShouldBe(0.0008, 0.0001);
        if (policy == "per-vma") counters[Counter.VmaLockSuccess].ShouldBeGreaterThan(2_900);
    }

    /// <summary>The same where the call changes the mapping itself, a page of which goes from one access to another again and again.</summary>
    [Theory]
    [InlineData("none", false)]
    [InlineData("mmap-sem", true)]
    [InlineData("per-vma", true)]
    public void AFaultWaitsForACallThatChangesItsMapping(string policy, bool waits)
    {
        var protect = new RegionCallStep(TaskStepKind.Protect, "r", 0, 1, Protection: 1, Flags: 0);
        RunResult run = Of(With(policy), Map("r", 3_000), Sequential("r", 1),
            new CloneStep(1, [Sequential("r", 3_000)]), new ComputeStep(SimTime.FromMicroseconds(500)),
            new LoopStep(20, [protect, protect with { Protection = 3 }]), new JoinStep());
        (run.Processes[0].Counters[Counter.MmLockContended] > 5).ShouldBe(waits);
    }

    /// <summary>Faults that read from a device of 80 us, and calls beside them: nobody waits as long as a read takes.</summary>
    [Fact]
    public void TheLockIsNotHeldWhileAFaultWaitsForItsDevice()
    {
        RunResult run = Of(With("mmap-sem") with { QuotaFrames = 100, Reclaim = Spec("lru").Reclaim }, Map("r", 300), new CloneStep(1, [Sequential("r", 1_500)]),
            new LoopStep(300, [Map("x", 1), new UnmapStep("x"), new ComputeStep(SimTime.FromMicroseconds(100))]), new JoinStep());
        run.Processes[0].Counters[Counter.Pgmajfault].ShouldBeGreaterThan(1_000);
        run.MmLockWait.Count.ShouldBeGreaterThan(10);
        run.MmLockWait.Maximum.ShouldBeLessThan(SimTime.FromMicroseconds(60));
    }

    [Fact]
    public void ThreadsThatAreKilledWhileTheyWaitHoldNobodyUp()
    {
        for (int early = 0; early < 40; early++)
        {
            RunResult run = Of(With("mmap-sem") with { Cpus = 3 }, Map("r", 500), Map("x", 200),
                new CloneStep(2, [new LoopStep(50, [Map("y", 20), new ComputeStep(SimTime.FromMicroseconds(3)), new RegionCallStep(TaskStepKind.Protect, "x", 3, 9, Protection: 1, Flags: 0)])]),
                Uniform("r", 50 + (10 * early)), new RegionCallStep(TaskStepKind.Protect, "r", 0, 500, Protection: 0, Flags: 0), Uniform("r", 1));
            run.Processes[0].KilledBy!.ShouldStartWith("SIGSEGV");
            run.Processes[0].Tasks.ShouldAllBe(task => task.State == TaskState.Dead);
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void ThreadsThatDrawTheirStepsComeToTheirEnd(string policy)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var random = new RandomStream(seed);
            CloneStep[] threads = [.. Enumerable.Range(0, 3).Select(number => new CloneStep(1, [new LoopStep(9, [
                Uniform("r", 100 + (long)random.Below(300)), Map($"x{number}", 1 + (long)random.Below(40)), Sequential($"x{number}", 60),
                new RegionCallStep(TaskStepKind.Protect, "r", (long)random.Below(100), 50, Protection: 3, Flags: 0), new UnmapStep($"x{number}"),
                new ComputeStep(SimTime.FromMicroseconds(random.Below(30)))])]))];
            ProgramStep[] steps = [Map("r", 400), .. threads, Uniform("r", 3_000), new JoinStep()];
            MachineSpec spec = With(policy) with { Cpus = 1 + (int)random.Below(4), Memory = new ByteSize(random.Below(2) == 0 ? 2L << 20 : 64L << 20), CheckEvery = SimTime.FromMicroseconds(300) };
            RunResult run = Of(spec, steps);
            run.Processes[0].KilledBy.ShouldBeNull();
            Of(spec, steps).Digest.ShouldBe(run.Digest);
        }
    }

    private static MachineSpec With(string? policy) => Spec() with
    {
        Cpus = 2,
        CheckEvery = null,
        MmLock = policy is null ? null : (IMmLock)PolicyChoice.Parse(BuiltIn.Policies, "mm-lock", policy).Create(new PolicyContext(0, 0, 0)),
    };
}
