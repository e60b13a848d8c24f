using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Hardware;

/// <summary>The presets of the cost model. Is every cost given once, with a source, and in order?</summary>
public sealed class CostModelTests
{
    public static TheoryData<string> Presets => [.. CostModel.Presets];

    [Theory]
    [MemberData(nameof(Presets))]
    public void APresetGivesEveryCostOnceWithASource(string name)
    {
        CostModel model = CostModel.Find(name).ShouldNotBeNull();
        model.Name.ShouldBe(name);
        model.Values.Select(value => value.Cost).ShouldBe(Enum.GetValues<Cost>());
        foreach (CostValue value in model.Values)
        {
            value.Source.ShouldNotBeNullOrWhiteSpace(value.Cost.ToString());
            value.Value.ShouldBeGreaterThanOrEqualTo(SimTime.Zero, value.Cost.ToString());
            model[value.Cost].ShouldBe(value.Value);
        }
    }

    [Fact]
    public void LowIsAtMostBaseAndBaseAtMostHigh()
    {
        string name = CostModel.Presets[0];
        (CostModel low, CostModel middle, CostModel high) = (CostModel.Find(name + "-low")!, CostModel.Find(name)!, CostModel.Find(name + "-high")!);
        foreach (Cost cost in Enum.GetValues<Cost>())
        {
            low[cost].ShouldBeLessThanOrEqualTo(middle[cost], cost.ToString());
            middle[cost].ShouldBeLessThanOrEqualTo(high[cost], cost.ToString());
        }
    }

    [Fact]
    public void TheCausalWindowIsTheSameInEveryPresetAndNotEmpty()
    {
        SimTime[] windows = CostModel.Presets.Select(name => CostModel.Find(name)![Cost.InterruptDelivery]).Distinct().ToArray();
        windows.Length.ShouldBe(1);
        windows[0].ShouldBeGreaterThan(SimTime.Zero);
    }

    [Fact]
    public void WithReplacesTheGivenCostsAlone()
    {
        CostModel model = CostModel.Find(CostModel.Presets[0])!;
        CostModel changed = model.With([KeyValuePair.Create(Cost.PageZero, SimTime.FromNanoseconds(7))]);
        changed[Cost.PageZero].ShouldBe(SimTime.FromNanoseconds(7));
        foreach (Cost cost in Enum.GetValues<Cost>().Where(cost => cost != Cost.PageZero)) changed[cost].ShouldBe(model[cost]);
        model[Cost.PageZero].ShouldNotBe(changed[Cost.PageZero]);
    }

    [Fact]
    public void AnUnknownNameIsNoPreset() => CostModel.Find("linux").ShouldBeNull();
}
