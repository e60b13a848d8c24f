using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Several CPUs: windows against lockstep, and that nothing reaches a CPU in its past.</summary>
public sealed class CausalityTests
{
    public static TheoryData<string> Workloads => new("processes", "threads", "unmapping", "swapping");

    /// <summary>The error that docs/model.md states.</summary>
    [Theory]
    [MemberData(nameof(Workloads))]
    public void WindowsCountAsLockstepDoesWithinOnePercent(string workload)
    {
        CounterSet windows = Counts(workload, isLockstep: false), lockstep = Counts(workload, isLockstep: true);
        foreach (Counter counter in new[] { Counter.References, Counter.Pgfault, Counter.PageInsertions, Counter.TlbMisses })
            ((double)windows[counter]).ShouldBe(lockstep[counter], 2 + (0.01 * lockstep[counter]), counter.ToString());
    }

    /// <summary>A picosecond at a time it would be.</summary>
    [Fact]
    public void ComputingIsOneStepInLockstepToo()
    {
        ProgramStep[] steps = [new ComputeStep(SimTime.FromSeconds(5)), Map("r", 5), Sequential("r", 5), new ComputeStep(SimTime.FromSeconds(5))];
        RunResult Run(bool isLockstep) => Of(Spec() with { Cpus = 2, Lockstep = isLockstep, CheckEvery = null }, [steps, steps]);
        Run(isLockstep: true).Elapsed.ShouldBe(Run(isLockstep: false).Elapsed);
    }

    /// <summary>
    /// Two to four CPUs whose tasks fault, unmap, sleep, clone and swap at random, so that interrupts, wake-ups and kills arrive at every phase of a
    /// window. A CPU that had run beyond an effect on it would throw, and so would a TLB that held what the page table does not.
    /// </summary>
    [Fact]
    public void EffectsNeverArriveBeforeTheirCauses()
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            var random = new RandomStream(seed);
            var processes = Enumerable.Range(0, 1 + (int)random.Below(4)).Select(_ => RandomProgram(ref random)).ToArray();
            MachineSpec spec = Spec(random.Below(2) == 0 ? "clock" : "lru", random.Below(2) == 0 ? 40 : null) with
            {
                Cpus = 2 + (int)random.Below(3),
                Memory = new ByteSize((long)(2 + random.Below(3)) << 20),
                CheckEvery = SimTime.FromMicroseconds(500),
                Scheduler = Scheduler("round-robin(quantum=200us)"),
            };
            RunResult run = Of(spec, processes);
            run.Processes.ShouldAllBe(process => process.Ended < SimTime.Never);
            ulong again = Of(spec, processes).Digest;
            again.ShouldBe(run.Digest);
        }
    }

    [Fact]
    public void AnEventCannotBeScheduledBeforeTheLastOneThatHappened()
    {
        var events = new EventQueue();
        events.Schedule(new SimTime(100), 0, 0);
        events.Dequeue();
        Should.Throw<ArgumentOutOfRangeException>(() => events.Schedule(new SimTime(99), 0, 0));
    }

    private static CounterSet Counts(string workload, bool isLockstep)
    {
        IEnumerable<ProgramStep[]> processes = workload switch
        {
            "processes" => [[Map("r", 600), Skewed("r", 30_000)], [Map("r", 600), Skewed("r", 30_000)]],
            "threads" => [[Map("r", 800), new CloneStep(2, [Skewed("r", 25_000)]), new JoinStep()]],
            "unmapping" => [[Map("r", 200), new CloneStep(1, [Uniform("r", 60_000)]),
                new LoopStep(60, [Map("x", 20), Uniform("x", 400), new UnmapStep("x")]), new JoinStep()]],
            _ => [[Map("r", 500), new CloneStep(2, [Skewed("r", 15_000)]), new JoinStep()], [Map("r", 300), Uniform("r", 10_000)]],
        };
        RunResult run = Of(Spec("lru") with
        {
            Cpus = 2,
            Lockstep = isLockstep,
            Memory = new ByteSize(workload == "swapping" ? 2 << 20 : 64 << 20),
            CheckEvery = null,
        }, processes);
        var sum = new CounterSet();
        foreach (var process in run.Processes) sum.Add(process.Counters);
        return sum;
    }

    private static ProgramStep[] RandomProgram(ref RandomStream random)
    {
        var steps = new List<ProgramStep> { Map("r", 20 + (long)random.Below(300)), Uniform("r", 200) };
        int threads = (int)random.Below(3);
        if (threads > 0) steps.Add(new CloneStep(threads, [Uniform("r", 500 + (long)random.Below(4_000))]));
        for (int i = 0; i < 6; i++)
        {
            steps.Add(random.Below(4) switch
            {
                0 => new LoopStep(3, [Map("x", 8), Sequential("x", 8), new UnmapStep("x")]),
                1 => new SleepStep(SimTime.FromMicroseconds(random.Below(300))),
                2 => new ComputeStep(SimTime.FromMicroseconds(random.Below(300))),
                _ => Uniform("r", 1_000 + (long)random.Below(3_000)),
            });
        }
        if (threads > 0 && random.Below(2) == 0) steps.Add(new JoinStep());
        return [.. steps];
    }
}
