using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Workloads.Synthetic;
using Xunit;

namespace Sim.Tests.Workloads;

public sealed class LruStackModelTests
{
    private const int Pages = 600;
    private const int References = 300_000;

    [Theory]
    [InlineData(20, 1.0, 0)]
    [InlineData(5, 0.5, 0)]
    [InlineData(50, 2.0, 0.05)]
    public void LruMissesAsTheCurveAskedFor(double scale, double exponent, double newPages)
    {
        var options = new LruStackModelOptions { Scale = scale, Exponent = exponent, NewPages = newPages };
        double[] curve = MissRatios(options);
        for (int frames = 1; frames < Pages; frames += 10)
        {
            double asked = newPages + ((1 - newPages) * Math.Pow(1 + (frames / scale), -exponent));
            curve[frames].ShouldBe(asked, tolerance: 0.01, $"{frames} frames");
        }
    }

    [Fact]
    public void ACurveWithCliffsKeepsThem()
    {
        var options = new LruStackModelOptions
        {
            Distances = [new() { Distance = 10, Probability = 0.5 }, new() { Distance = 100, Probability = 0.3 }, new() { Distance = 400, Probability = 0.15 }],
        };
        double[] curve = MissRatios(options);
        for (int frames = 1; frames < Pages; frames++)
        {
            double asked = frames < 10 ? 1 : frames < 100 ? 0.5 : frames < 400 ? 0.2 : 0.05;
            curve[frames].ShouldBe(asked, tolerance: 0.01, $"{frames} frames");
        }
    }

    [Fact]
    public void LargeRegionsFollowTheCurveBeyondTheTableOfShortDistances()
    {
        const int Large = 60_000;
        var options = new LruStackModelOptions { Scale = 500, Exponent = 0.7 };
        uint[] references = Models.Draw("lru-stack", options, Large, 400_000);
        int first = references.Distinct().Count();
        // With n pages in the stack a reference is to a new one with Pr[D > n]: dn/du = (1 + n/b)^-0.7, so that after u
        // references n = b ((1 + 1.7 u/b)^(1/1.7) - 1), here 34365.
        double pages = 500 * (Math.Pow(1 + (1.7 * 400_000 / 500), 1 / 1.7) - 1);
        (first / pages).ShouldBe(1, tolerance: 0.03);
    }

    [Fact]
    public void NewPagesComeInAscendingOrder()
    {
        var options = new LruStackModelOptions { NewPages = 0.5 };
        Models.Draw("lru-stack", options, 100, 2000).Distinct().ShouldBe(Enumerable.Range(0, 100).Select(i => (uint)i));
    }

    [Fact]
    public void TheStackMovesThePageAtADepthToItsTop()
    {
        var stack = new RecencyStack(4);
        foreach (uint page in new uint[] { 1, 2, 3, 4 }) stack.Push(page);   // 4 3 2 1
        stack.Touch(3).ShouldBe(2u);                                         // 2 4 3 1
        stack.Touch(1).ShouldBe(2u);
        stack.Touch(4).ShouldBe(1u);                                         // 1 2 4 3
        stack.Touch(2).ShouldBe(2u);                                         // 2 1 4 3
        stack.Touch(4).ShouldBe(3u);
    }

    [Fact]
    public void TheStackAgreesWithAListOverManyWindows()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed =>
        {
            var random = new Random(seed.Get);
            int capacity = random.Next(1, 4000);
            var stack = new RecencyStack(capacity);
            var list = new List<uint>();
            for (int i = 0; i < 20_000; i++)
            {
                if (list.Count == 0 || (list.Count < capacity && random.Next(4) == 0))
                {
                    stack.Push((uint)i);
                    list.Add((uint)i);
                    continue;
                }
                int depth = random.Next(2) == 0 ? 1 + random.Next(Math.Min(list.Count, 20)) : 1 + random.Next(list.Count);
                uint page = list[^depth];
                list.RemoveAt(list.Count - depth);
                list.Add(page);
                if (stack.Touch(depth) != page || stack.Count != list.Count) return false;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private static double[] MissRatios(LruStackModelOptions options)
    {
        // The first third fills the stack: a cold start is no part of the curve.
        uint[] references = Models.Draw("lru-stack", options, Pages, References);
        long[] misses = StackDistances.Misses(StackDistances.Histogram(references, Pages, skip: References / 3));
        return misses.Select(count => count / (double)misses[0]).ToArray();
    }
}
