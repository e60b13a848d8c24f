using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>What a metric's variance comes from, on grids whose answer is known.</summary>
public sealed class StudyEffectsTests
{
    [Fact]
    public void WhatAddsUpIsNoInteraction()
    {
        // Means 0, 3 in policy and 0, 1 in memory: squares 9 / 4 and 1 / 4 a run.
        StudyEffects effects = Of(2, (policy, memory, _) => (3 * policy) + memory);
        effects.Effects.Select(effect => effect.Parameter).ShouldBe(["policies.reclaim", "machine.memory"]);
        effects.Effects[0].Share.ShouldBe(0.9, 1e-12);
        effects.Effects[1].Share.ShouldBe(0.1, 1e-12);
        effects.Effects[0].Levels.ShouldBe([("fifo", 0.5), ("clock", 3.5)]);
        effects.Interaction.ShouldBe(0, 1e-12);
        effects.Chance.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void WhatOnlyACombinationDoesIsInteraction()
    {
        StudyEffects effects = Of(3, (policy, memory, _) => policy ^ memory);
        effects.Effects.ShouldAllBe(effect => Math.Abs(effect.Share) < 1e-12);
        effects.Interaction.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void WhatDiffersBetweenReplicationsIsChance()
    {
        StudyEffects effects = Of(2, (policy, _, replication) => policy + replication);
        effects.Effects[0].Share.ShouldBe(0.5, 1e-12);
        effects.Chance.ShouldBe(0.5, 1e-12);
        effects.IsConstant.ShouldBeFalse();
    }

    [Fact]
    public void SharesOfAnyStudySumToOne()
    {
        using var sample = new SampleStudy();
        StudyEffects effects = sample.Open().Effects();
        (effects.Effects.Sum(effect => effect.Share) + effects.Interaction + effects.Chance).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void AMetricThatNeverDiffersHasNoShares()
    {
        StudyEffects effects = Of(2, (_, _, _) => 0.25);
        effects.IsConstant.ShouldBeTrue();
        effects.Effects.ShouldAllBe(effect => effect.Share == 0);
    }

    [Fact]
    public void WhatIsNoFullGridIsRefused()
    {
        using var sample = new SampleStudy();
        Study study = sample.Open();
        Should.Throw<ResultsException>(() => study.Where(run => run.Text("policies.reclaim") != "lru" || run.Text("machine.memory") != "32MiB").Effects()).Message
            .ShouldContain("has 35 of the 36 points of a full grid");
        Should.Throw<ResultsException>(() => study.Where(run => run.Text("policies.reclaim") != "lru" || run.Replication > 0).Effects()).Message.ShouldContain("fewer replications");
        Should.Throw<ResultsException>(() => study.Where(run => run.Text("policies.reclaim") == "lru" && run.Text("machine.memory") == "32MiB").Effects()).Message
            .ShouldContain("one point alone");
        Should.Throw<ResultsException>(() => study.Effects("fault-rate")).Message.ShouldContain("did you mean 'fault_rate'?");
        Should.Throw<ResultsException>(() => study.Effects("tlb_l1_miss_rate")).Message.ShouldContain("is not defined");
    }

    private static StudyEffects Of(int replications, Func<int, int, int, double> faultRate)
    {
        IReadOnlyList<RunRecord> runs =
        [
            .. from policy in Enumerable.Range(0, 2) from memory in Enumerable.Range(0, 2) from replication in Enumerable.Range(0, replications)
               let run = SampleStudy.Run(policy == 0 ? "fifo" : "clock", memory == 0 ? "32MiB" : "64MiB", replication)
               select run with { Metrics = [faultRate(policy, memory, replication), .. run.Metrics.Skip(1)] },
        ];
        using var sample = new SampleStudy(runs);
        return sample.Open().Effects();
    }
}
