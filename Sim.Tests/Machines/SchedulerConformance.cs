using System.Collections.Generic;
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

/// <summary>What every scheduler owes, run over the whole catalogue: alone, with tasks that wake, block and are preempted at random, and in machines.</summary>
public sealed class SchedulerConformance
{
    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("scheduler").Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Policies))]
    public void EveryTaskThatIsReadyIsHandedOutOnce(string policy)
    {
        var random = new RandomStream(3);
        IScheduler scheduler = Create(policy);
        SimTask[] tasks = [.. Enumerable.Range(0, 40).Select(id => Task(id, nice: (int)random.Below(40) - 20, priority: (int)random.Below(4)))];
        var asleep = new List<SimTask>(tasks);
        var waiting = new HashSet<SimTask>();
        var running = new List<SimTask>();
        for (int step = 0; step < 20_000; step++)
        {
            switch (random.Below(5))
            {
                case 0 or 1 when asleep.Count > 0:
                    Ready(Take(asleep), wasRunning: false);
                    break;
                case 2 when running.Count < 4 && waiting.Count > 0:
                    SimTask next = scheduler.SelectNext();
                    waiting.Remove(next).ShouldBeTrue("it was handed out without waiting");
                    scheduler.SliceOf(next).ShouldBeGreaterThan(SimTime.Zero);
                    running.Add(next);
                    break;
                case 3 when running.Count > 0:
                    Ready(Ran(Take(running)), wasRunning: true);
                    break;
                case 4 when running.Count > 0:
                    SimTask last = Ran(Take(running));
                    scheduler.OnLeft(last);
                    asleep.Add(last);
                    break;
            }
            scheduler.Waiting.ShouldBe(waiting.Count);
        }
        while (scheduler.Waiting > 0) waiting.Remove(scheduler.SelectNext()).ShouldBeTrue();
        waiting.ShouldBeEmpty();

        void Ready(SimTask task, bool wasRunning)
        {
            scheduler.OnReady(task, wasRunning);
            waiting.Add(task).ShouldBeTrue();
        }

        SimTask Ran(SimTask task)
        {
            scheduler.OnRan(task, SimTime.FromMicroseconds(random.Below(3_000)));
            return task;
        }

        SimTask Take(List<SimTask> from)
        {
            SimTask task = from[(int)random.Below((ulong)from.Count)];
            from.Remove(task);
            return task;
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void TasksThatAreAlikeRunInTheOrderInWhichTheyBecameReady(string policy)
    {
        IScheduler scheduler = Create(policy);
        SimTask busy = Task(9);
        SimTask[] tasks = [.. Enumerable.Range(0, 9).Reverse().Select(id => Task(id))];
        foreach (SimTask task in tasks) scheduler.OnReady(task, wasRunning: false);
        foreach (SimTask _ in tasks) scheduler.OnLeft(scheduler.SelectNext());
        // They sleep so long that what they had before counts no more.
        scheduler.OnReady(busy, wasRunning: false);
        scheduler.SelectNext().ShouldBe(busy);
        scheduler.OnRan(busy, SimTime.FromSeconds(1));
        foreach (SimTask task in tasks) scheduler.OnReady(task, wasRunning: false);
        tasks.Select(_ => scheduler.SelectNext()).ShouldBe(tasks);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void NoCpuIsIdleWhileATaskWaitsAndAllComeToTheirEnd(string policy)
    {
        foreach (int cpus in new[] { 1, 2, 3 })
        {
            MachineSpec spec = Spec("lru") with { Cpus = cpus, Scheduler = Scheduler(policy), CheckEvery = SimTime.FromMicroseconds(20), Memory = new ByteSize(3 << 20) };
            RunResult run = Of(spec, [
                [Map("r", 300), new CloneStep(3, [new LoopStep(6, [Uniform("r", 300), new SleepStep(SimTime.FromMicroseconds(80))])]), Uniform("r", 2_000), new JoinStep()],
                [Map("r", 400), new LoopStep(5, [Uniform("r", 500), new ComputeStep(SimTime.FromMilliseconds(2))])],
                [new LoopStep(50, [new ComputeStep(SimTime.FromMicroseconds(50)), new SleepStep(SimTime.FromMicroseconds(50))])]]);
            run.Processes.ShouldAllBe(process => process.KilledBy == null && process.Ended < SimTime.Never);
            Of(spec with { CheckEvery = null }, Map("r", 10), Uniform("r", 100)).Digest
                .ShouldBe(Of(spec with { CheckEvery = null, Scheduler = BuiltIn.Scheduler }, Map("r", 10), Uniform("r", 100)).Digest, "one task has nobody to be scheduled against");
        }
    }

    /// <summary>CPU time by weight: at any time no two tasks that always want to run are further apart, in time per weight, than a slice of each.</summary>
    [Fact]
    public void UnderFairTasksThatComputeGetTimeByTheirWeight()
    {
        int[] nice = [-5, 0, 0, 5, 10];
        long[] weights = [3121, 1024, 1024, 335, 110];
        IScheduler scheduler = Create("fair");
        SimTask[] tasks = [.. nice.Select((value, id) => Task(id, value))];
        var time = new SimTime[tasks.Length];
        foreach (SimTask task in tasks) scheduler.OnReady(task, wasRunning: false);
        var longest = SimTime.Zero;
        for (int turn = 0; turn < 20_000; turn++)
        {
            SimTask next = scheduler.SelectNext();
            SimTime slice = scheduler.SliceOf(next);
            longest = SimTime.Max(longest, slice);
            scheduler.OnRan(next, slice);
            time[next.Id] += slice;
            scheduler.OnReady(next, wasRunning: true);
            double[] shares = [.. time.Select((spent, id) => spent.Seconds * 1024 / weights[id])];
            double bound = (SimTime.FromMilliseconds(6).Seconds + SimTime.FromMicroseconds(750).Seconds) * 1024 / weights[^1];
            (shares.Max() - shares.Min()).ShouldBeLessThanOrEqualTo(bound);
        }
        double all = time.Sum(spent => spent.Seconds), weight = weights.Sum();
        for (int id = 0; id < tasks.Length; id++) (time[id].Seconds / all).ShouldBe(weights[id] / weight, 0.002);
    }

    [Fact]
    public void UnderFairASleeperTakesTheCpuFromATaskThatComputesAndARoundRobinSleeperWaits()
    {
        // Wakes every millisecond for 20 us, beside a process that computes.
        ProgramStep[] sleeper = [new LoopStep(100, [new SleepStep(SimTime.FromMilliseconds(1)), new ComputeStep(SimTime.FromMicroseconds(20))])];
        ProgramStep[] computing = [new ComputeStep(SimTime.FromMilliseconds(300))];
        SimTime EndOfSleeper(string scheduler) => Of(Spec() with { Scheduler = Scheduler(scheduler) }, [sleeper, computing]).Processes[0].Ended;
        EndOfSleeper("fair").ShouldBeLessThan(SimTime.FromMilliseconds(120));
        EndOfSleeper("round-robin").ShouldBeGreaterThan(SimTime.FromMilliseconds(250));
        EndOfSleeper("fifo").ShouldBeGreaterThan(SimTime.FromMilliseconds(300));
    }

    [Fact]
    public void UnderFifoPriorityDecidesAndAPreemptedTaskGoesOnBeforeThoseThatWait()
    {
        ProgramStep[] steps = [new ComputeStep(SimTime.FromMilliseconds(10))];
        ProcessSpec[] processes =
        [
            Process(0, steps),
            Process(1, steps, SimTime.FromMilliseconds(1)),
            Process(2, steps, SimTime.FromMilliseconds(2)) with { Priority = 5 },
        ];
        RunResult run = new Machine(Spec() with { Scheduler = Scheduler("fifo") }, processes).Run();
        double[] ends = [.. run.Processes.Select(process => process.Ended.Seconds * 1e3)];
        ends[2].ShouldBe(12, 0.2);
        ends[0].ShouldBe(20, 0.2);
        ends[1].ShouldBe(30, 0.2);
        // Counted from when the last process is there: to it, back, and to the one that has waited.
        run.KernelMeasured[Counter.ContextSwitches].ShouldBe(3);
    }

    private static IScheduler Create(string policy) => (IScheduler)Scheduler(policy).Create(new PolicyContext(0, 0, 0));

    private static SimTask Task(int id, int nice = 0, int priority = 0) =>
        new(id, new Process(id, $"p{id}") { Nice = nice, Priority = priority }, null, new PeriodicWork(SimTime.FromMilliseconds(1), SimTime.Zero), null!);
}
