using System.Linq;
using Shouldly;
using Sim.Lab.Experiments;
using Xunit;

namespace Sim.Tests.Experiments;

public sealed class OverrideTests
{
    [Fact]
    public void AnOverrideTakesTheStudysPlace()
    {
        Experiment study = Studies.Load(Studies.Small, "seed=9", "replications=4", "workload.db.program.access.count=2k", "policies.reclaim=clock(set-on-load=false)");
        (study.Seed, study.Replications.Maximum).ShouldBe((9, 4));
        RunSpec run = study.Runs().ShouldHaveSingleItem();
        run.TotalReferences.ShouldBe(2000);
        run.Parameters.Select(parameter => parameter.Text).ShouldBe(["16MiB", "clock(set-on-load=false)"]);
    }

    [Fact]
    public void AnOverrideMayAddAnAxis() =>
        Studies.Load(Studies.Small, "sweep.machine.memory=[8MiB,16MiB]", "sweep.policies.reclaim=[lru,{clock: {}}]").Points.Count.ShouldBe(4);

    [Fact]
    public void OverridingASweptKeyLeavesOneValue()
    {
        string yaml = Studies.Small + "\nsweep: {machine.memory: [4MiB, 8MiB]}\nfigures: [{x: machine.memory, y: fault_rate}]";
        Studies.Load(yaml, "machine.memory=2MiB").Points.ShouldHaveSingleItem().ToString().ShouldBe("machine.memory=2MiB");
    }

    [Fact]
    public void AFixedNumberOverridesAPrecisionAndTheOtherWayRound()
    {
        string precise = "precision: {metric: fault_rate, relative: 2%}\n" + Studies.Small;
        Studies.Load(precise).Replications.ShouldBe(new ReplicationPlan(3, 30, "fault_rate", 0.02));
        Studies.Load(precise, "replications=2").Replications.ShouldBe(new ReplicationPlan(2, 2, null, 0));
        Studies.Load("replications: 5\n" + Studies.Small, "precision={metric: miss_rate, relative: 5%, max-replications: 8}")
            .Replications.ShouldBe(new ReplicationPlan(3, 8, "miss_rate", 0.05));
    }

    [Theory]
    [InlineData("machine.memory=256", "--set machine.memory=256: machine.memory: '256' has no unit; a size is written like 256MiB")]
    [InlineData("machine.memroy=2MiB", "--set machine.memroy=2MiB: machine has no key 'memroy'; did you mean 'memory'?")]
    [InlineData("workload.bd.count=2", "--set workload.bd.count=2: 'workload.bd.count' leads nowhere: workload has no 'bd'; did you mean 'db'?")]
    [InlineData("sead=2", "--set sead=2: a study has no key 'sead'; did you mean 'seed'?")]
    [InlineData("seed", "--set seed: not key=value, like machine.memory=64MiB")]
    [InlineData("seed=", "--set seed=: not key=value, like machine.memory=64MiB")]
    [InlineData("machine={cpus: 2", "--set machine={cpus: 2: not valid YAML: ")]
    public void AWrongOverrideIsNamed(string text, string message) => Studies.Fault(Studies.Small, text).Message.ShouldStartWith(message);
}
