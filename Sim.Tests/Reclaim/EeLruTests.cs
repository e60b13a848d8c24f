using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;
using Sim.Policies.Structures;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class EeLruTests
{
    [Theory]
    [InlineData(2.5, 3)]
    [InlineData(4, 8)]
    [InlineData(1, 1)]
    public void EveryVictimIsThePapers(double queue, int points) => Paper.Holds(
        FormattableString.Invariant($"eelru(queue={queue},points={points},half-life=0.01)"), frames => new EeLruModel(frames, queue, points));

    /// <summary>
    /// A loop of five pages in four frames; evicted pages in brackets, newest first. Early points 1 2 3, late points 6 8 10.
    /// <code>
    ///   1 2 3 4   4 3 2 1
    ///   5         nothing known yet, LRU: 1 goes         5 4 3 2 (1)
    ///   1         found at 5, just beyond memory. Early eviction at 1 would hit 3/5 of such references, at 2 2/4, at 3 1/3,
    ///             LRU none: the page at 1 goes, 5        1 (5) 4 3 2
    ///   2 3 4     are hits                               4 3 2 1 (5)
    ///   5         the page at 1 goes, 4                  5 (4) 3 2 1
    /// </code>
    /// One miss in four references, which is what the optimum has: (5 - 4) / (5 - 1).
    /// </summary>
    [Fact]
    public void InALoopJustTooLargeItMissesAsTheOptimumDoes()
    {
        IPolicyDriver memory = PolicyDriver.Create("eelru(points=3)", 4);
        ulong[] loop = [.. Enumerable.Range(0, 45).Select(i => 1 + (ulong)(i % 5))];
        ulong[] evicted = [.. loop.SelectMany(memory.Reference)];
        evicted.ShouldBe([1ul, 5, 4, 3, 2, 1, 5, 4, 3, 2, 1]);
        memory.Misses.ShouldBe(4 + 11);
    }

    [Fact]
    public void InLoopsThatTheQueueHoldsItComesNearTheOptimum()
    {
        var loop = GoldenReplays.Read("loop6k");
        foreach (int size in GoldenReplays.Sizes("loop6k").Where(size => 2.5 * size >= 6000))
        {
            GoldenReplays.Misses(loop, "lru", size).ShouldBe(loop.References.Length);
            double ratio = (double)GoldenReplays.Misses(loop, "eelru", size) / GoldenReplays.Misses(loop, "opt", size);
            ratio.ShouldBeLessThan(1.1, $"{size} frames");
        }
    }

    /// <summary>The paper's claim: rarely worse than LRU, and then by little.</summary>
    [Fact]
    public void ItIsNeverWorseThanLruByMoreThanOnePerCent()
    {
        foreach (string trace in GoldenReplays.Traces)
        {
            foreach (int size in GoldenReplays.Sizes(trace))
            {
                double ratio = (double)GoldenReplays.Misses(GoldenReplays.Read(trace), "eelru", size) / GoldenReplays.Misses(GoldenReplays.Read(trace), "lru", size);
                ratio.ShouldBeLessThan(1.01, $"{trace}, {size} frames");
            }
        }
    }

    /// <summary>With no queue beyond memory there is nothing to learn from.</summary>
    [Fact]
    public void WithoutGhostsItIsLru()
    {
        var pages = GoldenReplays.Read("scanzipf");
        foreach (int size in GoldenReplays.Sizes("scanzipf").Take(4))
            GoldenReplays.Misses(pages, "eelru(queue=1)", size).ShouldBe(GoldenReplays.Misses(pages, "lru", size));
    }

    [Fact]
    public void AQueueKnowsTheRegionOfEveryNodeWhateverIsDoneToIt()
    {
        Gen<(int[] Cuts, ulong Seed)> runs =
            from cuts in Gen.Choose(1, 20).NonEmptyListOf()
            from seed in Gen.Choose(0, int.MaxValue)
            select (cuts.Distinct().Order().ToArray(), (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(runs.ToArbitrary(), run =>
        {
            const int Nodes = 30;
            var queue = new RecencyQueue(Nodes, run.Cuts);
            var model = new List<int>();
            var random = new RandomStream(run.Seed);
            for (int step = 0; step < 200; step++)
            {
                int node = (int)random.Below(Nodes), other = (int)random.Below(Nodes);
                bool isIn = model.Contains(node);
                switch (random.Below(4))
                {
                    case 0 when isIn:
                        queue.Remove(node);
                        model.Remove(node);
                        break;
                    case 1 when isIn && !model.Contains(other):
                        queue.Replace(node, other);
                        model[model.IndexOf(node)] = other;
                        break;
                    case 2 when isIn:
                        queue.MoveToNewest(node);
                        model.Remove(node);
                        model.Insert(0, node);
                        break;
                    case 3 when !isIn:
                        queue.Push(node);
                        model.Insert(0, node);
                        break;
                }
                queue.CheckInvariants();
                for (int cut = 0; cut < run.Cuts.Length; cut++)
                    queue.At(cut).ShouldBe(run.Cuts[cut] <= model.Count ? model[run.Cuts[cut] - 1] : -1);
            }
        }));
    }
}
