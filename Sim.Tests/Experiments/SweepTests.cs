using System.Linq;
using Shouldly;
using Sim.Lab.Experiments;
using Xunit;

namespace Sim.Tests.Experiments;

public sealed class SweepTests
{
    [Fact]
    public void TheFirstKeyChangesSlowest()
    {
        Experiment study = Sweep("machine.memory: [8MiB, 16MiB]", "policies.reclaim: [clock, \"clock(set-on-load=false)\", {lru: {}}]");
        study.SweptKeys.ShouldBe(["machine.memory", "policies.reclaim"]);
        study.Points.Select(point => point.ToString()).ShouldBe(
        [
            "machine.memory=8MiB policies.reclaim=clock", "machine.memory=8MiB policies.reclaim=clock(set-on-load=false)", "machine.memory=8MiB policies.reclaim=lru",
            "machine.memory=16MiB policies.reclaim=clock", "machine.memory=16MiB policies.reclaim=clock(set-on-load=false)", "machine.memory=16MiB policies.reclaim=lru",
        ]);
        study.Points.Select(point => point.Index).ShouldBe(Enumerable.Range(0, 6));
    }

    [Theory]
    [InlineData("{from: 1MiB, to: 4MiB, steps: 4}", "1MiB 2MiB 3MiB 4MiB")]
    [InlineData("{from: 1MiB, to: 2MiB, step: 512KiB}", "1MiB 1536KiB 2MiB")]
    [InlineData("{from: 1MiB, to: 8MiB, step: 2, scale: log}", "1MiB 2MiB 4MiB 8MiB")]
    [InlineData("{from: 1MiB, to: 2MiB, steps: 3, scale: log}", "1MiB 1448KiB 2MiB")]
    public void ARangeOfSizesIsRoundedToPages(string range, string values) => Values("workload.db.program.mmap.size", range).ShouldBe(values);

    [Theory]
    [InlineData("{from: 10, to: 1000, steps: 4, scale: log}", "10 46 215 1000")]
    [InlineData("{from: 1k, to: 3k, step: 1k}", "1000 2000 3000")]
    public void ARangeOfCountsIsRoundedToWholeNumbers(string range, string values) => Values("workload.db.program.access.count", range).ShouldBe(values);

    [Theory]
    [InlineData("{from: 0, to: 1, steps: 5}", "0 0.25 0.5 0.75 1")]
    [InlineData("{from: 0.1, to: 1.6, steps: 3, scale: log}", "0.1 0.4 1.6")]
    [InlineData("{from: 0.1, to: 0.4, step: 0.1}", "0.1 0.2 0.3 0.4")]
    public void ARangeOfNumbersIsNotRounded(string range, string values) => Values("workload.db.program.access.model.zipf.alpha", range).ShouldBe(values);

    [Fact]
    public void ATimeIsSwept() => Values("policies.scheduler.round-robin.quantum", "{from: 1ms, to: 4ms, step: 2, scale: log}").ShouldBe("1000000ns 2000000ns 4000000ns");

    [Theory]
    [InlineData("workload.db.program.access.count: [20, 30]", 20, 30)]
    [InlineData("workload.db.program.access[0].count: [20, 30]", 20, 30)]
    [InlineData("workload[0].program[1].access.count: [20, 30]", 20, 30)]
    [InlineData("workload.0.program.1.access.count: [20, 30]", 20, 30)]
    [InlineData("workload.db.count: [2, 3]", 20_000, 30_000)]
    public void APathGoesThroughListsByNumberNameAndStep(string sweep, long first, long second) =>
        Sweep(sweep).Runs().Select(run => run.TotalReferences).ShouldBe([first, second]);

    [Theory]
    [InlineData("policies.quota: [none, fixed(frames=64)]")]
    [InlineData("machine.swap.channels: [1, 2]")]
    [InlineData("machine.tlb.levels: [[{entries: 4}], [{entries: 8}]]")]
    [InlineData("policies.reclaim.clock.set-on-load: [true, false]")]
    [InlineData("workload.db.program.access.model.zipf.alpha: [0.5, 1]")]
    [InlineData("warmup: [10%, 20%]")]
    public void APathMayAddAKeyOrEnterAChoice(string sweep) => Sweep(sweep).Points.Count.ShouldBe(2);

    [Theory]
    [InlineData("machine.memroy: [1MiB, 2MiB]", 12, 3, "machine has no key 'memroy'; did you mean 'memory'?")]
    [InlineData("machine.memory: [8MiB, 16]", 12, 26, "machine.memory: '16' has no unit; a size is written like 16MiB")]
    [InlineData("machine.memory: []", 12, 19, "sweep.machine.memory: the list is empty")]
    [InlineData("machine.memory: 8MiB", 12, 19, "sweep.machine.memory: a list of values is expected, or a range: {from: 1, to: 8, steps: 8}")]
    [InlineData("machine.memory: [8MiB, 8192KiB]", 12, 26, "sweep.machine.memory: '8192KiB' stands there twice, first as '8MiB'")]
    [InlineData("policies.reclaim: [lru, {lru: {}}]", 12, 27, "sweep.policies.reclaim: 'lru' stands there twice")]
    [InlineData("policies.reclaim: [lru, lur]", 12, 27, "policies.reclaim: there is no reclaim policy 'lur'; did you mean 'lru'?")]
    [InlineData("polices.reclaim: [lru, clock]", 12, 3, "'polices.reclaim' cannot be swept: it is not below machine, policies, workload, warmup; did you mean 'policies'?")]
    [InlineData("seed: [1, 2]", 12, 3, "'seed' cannot be swept")]
    [InlineData("workload.bd.count: [1, 2]", 12, 3, "'workload.bd.count' leads nowhere: workload has no 'bd'; did you mean 'db'?")]
    [InlineData("workload.db.program.acess.count: [1, 2]", 12, 3, "'workload.db.program.acess.count' leads nowhere: workload.db.program has no 'acess'; did you mean 'access'?")]
    [InlineData("workload.db.program.access[1].count: [1, 2]", 12, 3, "'workload.db.program.access[1].count': workload.db.program has 1 steps 'access', counted from 0")]
    [InlineData("workload[3].count: [1, 2]", 12, 3, "'workload[3].count': workload has 1 items, counted from 0")]
    [InlineData("machine.memory[0]: [1, 2]", 12, 3, "'machine.memory[0]': machine.memory is not a list that [0] could count")]
    [InlineData("machine.memory.size: [1, 2]", 12, 3, "'machine.memory.size': machine.memory is '16MiB', which has no 'size'")]
    [InlineData("policies.reclaim.lru.x: [1, 2]", 12, 3, "'policies.reclaim.lru.x': policies.reclaim is 'clock', which has no 'lru'")]
    [InlineData("machine..memory: [1, 2]", 12, 3, "'machine..memory' is not a path")]
    [InlineData("machine.cpus: {from: 0, to: 8, steps: 3, scale: log}", 12, 24, "sweep.machine.cpus.from: a log scale cannot begin at 0; it takes numbers above 0")]
    [InlineData("machine.cpus: {from: 8, to: 1, steps: 3}", 12, 31, "sweep.machine.cpus.to: 1 is not above 8")]
    [InlineData("machine.cpus: {from: 1, to: 8MiB, steps: 3}", 12, 31, "sweep.machine.cpus.to: '8MiB' and '1' are not of one kind")]
    [InlineData("machine.cpus: {from: 1, to: 8}", 12, 17, "sweep.machine.cpus: neither 'steps' nor 'step' is there")]
    [InlineData("machine.cpus: {from: 1, to: 8, step: 1, scale: log}", 12, 40, "sweep.machine.cpus.step: '1' is no factor above 1")]
    [InlineData("machine.cpus: {from: 1, to: 4, steps: 9, scale: log}", 12, 17, "sweep.machine.cpus: '1' stands there twice")]
    [InlineData("machine.cpus: {from: 1, to: 2, step: 0.000001}", 12, 40, "sweep.machine.cpus.step: the range has more than 100000 values")]
    [InlineData("policies.reclaim: [clock, opt]\n  machine.cpus: [1, 2]", 12, 29, "policies.reclaim: 'opt' needs the future")]
    public void AWrongSweepIsRefusedAtItsPlace(string sweep, int line, int column, string problem)
    {
        StudyException fault = Studies.Fault(Studies.Small + "\nsweep:\n  " + sweep);
        fault.Problem.ShouldStartWith(problem);
        (fault.Line, fault.Column).ShouldBe((line, column));
    }

    [Fact]
    public void SeveralStepsOfOneKindMustBeTold()
    {
        string yaml = Studies.Small + "\n      - access: {region: heap, model: uniform, count: 1k}\nsweep:\n  workload.db.program.access";
        Studies.Fault(yaml + ".count: [1, 2]").Problem
            .ShouldBe("'workload.db.program.access.count': workload.db.program has 2 steps 'access'; say which: access[0] to access[1]");
        Studies.Load(yaml + "[1].count: [1, 2]").Runs().Select(run => run.TotalReferences).ShouldBe([10_001, 10_002]);
    }

    [Fact]
    public void TooManyRunsAreRefused() => Studies.Fault(Studies.Small + "\nreplications: 51\nsweep:\n  workload.db.program.access.count: {from: 1, to: 2000, step: 1}")
        .Problem.ShouldBe("sweep: 2000 points with up to 51 replications are more than 100000 runs");

    private static Experiment Sweep(params string[] lines) => Studies.Load(Studies.Small + "\nsweep:\n  " + string.Join("\n  ", lines));

    private static string Values(string key, string range) =>
        string.Join(' ', Sweep($"{key}: {range}").Points.Select(point => point.Values.ShouldHaveSingleItem().Value));
}
