using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Workloads.Synthetic;
using Xunit;

namespace Sim.Tests.Workloads;

/// <summary>Denning and Kahn's model against what its theory says of the lifetime function.</summary>
public sealed class PhasesTests
{
    private const int References = 400_000;
    private const int Region = 9000;

    [Theory]
    [InlineData(Micromodel.Cyclic)]
    [InlineData(Micromodel.Sawtooth)]
    [InlineData(Micromodel.Random)]
    [InlineData(Micromodel.LruStack)]
    public void TheKneeOfTheLifetimeFunctionIsHOverM(Micromodel micromodel)
    {
        // 30 pages a set, all of them new: H / M = 2500 / 30 = 83.3; 160 phases of exponential length make this run's H.
        uint[] references = Draw(new PhasesOptions { Micromodel = micromodel });
        double held = References / (double)(CountPhases(references) + 1);
        held.ShouldBe(2500, tolerance: 2500 * 3 / Math.Sqrt(160)); // three standard deviations
        double knee = held / 30;

        // The window that a set just fits in; random references need more of them to come to every page.
        int window = micromodel is Micromodel.Cyclic or Micromodel.Sawtooth ? 60 : 400;
        WorkingSet.Lifetime(references, Region, window).ShouldBe(knee, tolerance: 0.06 * knee);
        WorkingSet.MeanSize(references, Region, window).ShouldBe(30, tolerance: 4);
    }

    [Fact]
    public void TheCyclicWorkingSetStaysAtTheKneeOverAWideRangeOfWindows()
    {
        uint[] references = Draw(new PhasesOptions { Micromodel = Micromodel.Cyclic });
        double knee = References / (double)(CountPhases(references) + 1) / 30;
        foreach (int window in new[] { 30, 60, 100, 200 })
        {
            WorkingSet.Lifetime(references, Region, window).ShouldBe(knee, tolerance: 0.02 * knee);
            WorkingSet.MeanSize(references, Region, window).ShouldBeInRange(29.9, 32.5);
        }
    }

    [Fact]
    public void LruWithOneFrameTooFewLivesAsTheMicromodelLetsIt()
    {
        Lifetime(Micromodel.Cyclic, 29).ShouldBe(1.0, tolerance: 0.01);
        Lifetime(Micromodel.Sawtooth, 29).ShouldBe(21.5, tolerance: 1.5);
        Lifetime(Micromodel.Random, 29).ShouldBe(23.0, tolerance: 1.5);
    }

    [Fact]
    public void EveryMicromodelGoesThroughTheSameSets()
    {
        List<uint[]> Sets(Micromodel micromodel) => Windows(Draw(new PhasesOptions
        {
            Micromodel = micromodel,
            HoldingTimes = HoldingTimeDistribution.Constant,
            HoldingTime = 1000,
        }), 1000);
        List<uint[]> cyclic = Sets(Micromodel.Cyclic), sawtooth = Sets(Micromodel.Sawtooth);
        cyclic.Count.ShouldBe(400);
        for (int i = 0; i < cyclic.Count; i++) sawtooth[i].ShouldBe(cyclic[i]);
    }

    [Theory]
    [InlineData(SetSelection.Disjoint)]
    [InlineData(SetSelection.Random)]
    public void SuccessiveSetsShareExactlyTheOverlap(SetSelection sets)
    {
        List<uint[]> windows = Windows(Draw(new PhasesOptions
        {
            Micromodel = Micromodel.Cyclic,
            HoldingTimes = HoldingTimeDistribution.Constant,
            HoldingTime = 100,
            Overlap = 12,
            Sets = sets,
        }), 100);
        for (int i = 1; i < windows.Count; i++)
        {
            windows[i].Length.ShouldBe(30);
            windows[i].Intersect(windows[i - 1]).Count().ShouldBe(12);
        }
    }

    [Theory]
    [InlineData(SetSizeDistribution.Uniform, 10, 5.9, 6.2)]
    [InlineData(SetSizeDistribution.Normal, 6, 5.7, 6.3)]
    public void SetSizesFollowTheirDistribution(SetSizeDistribution sizes, int spread, double low, double high)
    {
        List<uint[]> windows = Windows(Draw(new PhasesOptions
        {
            Micromodel = Micromodel.Cyclic,
            HoldingTimes = HoldingTimeDistribution.Constant,
            HoldingTime = 100,
            SetSizes = sizes,
            SetSizeSpread = spread,
        }), 100);
        double mean = windows.Average(set => set.Length);
        mean.ShouldBe(30, tolerance: 0.3); // 4000 sets: 0.1 is one standard deviation
        Math.Sqrt(windows.Average(set => Math.Pow(set.Length - mean, 2))).ShouldBeInRange(low, high);
    }

    private static uint[] Draw(PhasesOptions options) => Models.Draw("phases", options, Region, References, seed: 4);

    private static double Lifetime(Micromodel micromodel, int frames)
    {
        uint[] references = Draw(new PhasesOptions { Micromodel = micromodel });
        long[] misses = StackDistances.Misses(StackDistances.Histogram(references, Region));
        return References / (double)misses[frames];
    }

    /// <summary>Transitions between sets that are blocks of 30 successive pages.</summary>
    private static int CountPhases(uint[] references)
    {
        int transitions = 0;
        for (int i = 1; i < references.Length; i++) transitions += references[i] / 30 == references[i - 1] / 30 ? 0 : 1;
        return transitions;
    }

    private static List<uint[]> Windows(uint[] references, int length)
        => references.Chunk(length).Select(window => window.Distinct().Order().ToArray()).ToList();
}
