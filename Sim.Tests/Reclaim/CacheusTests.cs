using System;
using System.Linq;
using Shouldly;
using Sim.Core.Engine;
using Sim.Policies.Structures;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class CacheusTests
{
    [Fact]
    public void EveryVictimIsThePapers() => Paper.Holds("cacheus", frames => new CacheusModel(frames), strings: 300);

    /// <summary>
    /// Four frames, of which SR has one at first. All pages are used once, so CR-LFU names the newest.
    /// <code>
    ///   1 2 3 4   R = 1 2 3   SR = 4
    ///   5         both experts name 4     R = 2 3     SR = 5 1, 1 demoted to leave R below its limit
    ///   6         both experts name 5     R = 2 3     SR = 1 6
    ///   7         SR-LRU names 1, CR-LFU names 6
    /// </code>
    /// </summary>
    [Fact]
    public void ScansPassThroughOneFrameUntilTheExpertsDiffer()
    {
        var seventh = new ulong[20];
        for (int seed = 0; seed < seventh.Length; seed++)
        {
            IPolicyDriver memory = PolicyDriver.Create("cacheus", new DriverShape(4), (ulong)seed);
            foreach (ulong page in new ulong[] { 1, 2, 3, 4 }) memory.Reference(page).ShouldBeEmpty();
            memory.Reference(5).ShouldBe([4ul]);
            memory.Reference(6).ShouldBe([5ul]);
            seventh[seed] = memory.Reference(7).Single();
        }
        seventh.Distinct().Order().ToArray().ShouldBe([1ul, 6]);
    }

    /// <summary>
    /// Periods of ten references, hits 5 4 4 3 0 and then none.
    /// <code>
    ///   sqrt(2 ln 2 / 10) = 0.3723
    ///   0.5   up by 0.5, rate up from nothing     0.3723 (1 + 0.372) = 0.5108
    ///   0.4   down by 0.1, rate up by 0.139       0.5108 (1 - 0.139) = 0.4398
    ///   0.4   as it was                           0.4398
    ///   0.3   down by 0.1, rate as it was         a random step: times 1.25 or 0.75
    /// </code>
    /// </summary>
    [Fact]
    public void TheRateClimbsTheHillOfTheHitRatio()
    {
        var random = new RandomStream(3);
        var rate = new AdaptiveRate(10);
        rate.Value.ShouldBe(0.3723, 0.0001);
        Period(ref rate, 5, ref random);
        rate.Value.ShouldBe(0.5108, 0.0001);
        Period(ref rate, 4, ref random);
        rate.Value.ShouldBe(0.4398, 0.0001);
        Period(ref rate, 4, ref random);
        rate.Value.ShouldBe(0.4398, 0.0001);
        Period(ref rate, 3, ref random);
        new[] { 0.4398 * 1.25, 0.4398 * 0.75 }.Min(step => Math.Abs(step - rate.Value)).ShouldBeLessThan(0.0001);
        for (int period = 0; period < 12; period++) Period(ref rate, 0, ref random);
        rate.Value.ShouldBe(0.3723, 0.0001);
    }

    /// <summary>The paper's claims: a loop is churn, in which CR-LFU holds on to pages; scans pass; skew is LFU's; none costs much against LRU.</summary>
    [Fact]
    public void ItStandsUpToLoopsScansAndSkew()
    {
        foreach (string trace in GoldenReplays.Traces)
        {
            var pages = GoldenReplays.Read(trace);
            foreach (int size in GoldenReplays.Sizes(trace))
            {
                long misses = GoldenReplays.Misses(pages, "cacheus", size), lru = GoldenReplays.Misses(pages, "lru", size);
                misses.ShouldBeLessThan(trace is "phases" or "stackdist" ? lru * 5 / 4 : lru, $"{trace}, {size} frames");
                if (trace != "loop6k") continue;
                double most = pages.References.Length - GoldenReplays.Misses(pages, "opt", size);
                ((pages.References.Length - misses) / most).ShouldBeGreaterThan(0.85, $"{size} frames");
            }
        }
    }

    private static void Period(ref AdaptiveRate rate, int hits, ref RandomStream random)
    {
        for (int i = 0; i < 10; i++)
        {
            rate.Pass(ref random);
            if (i < hits) rate.Hit();
        }
    }
}
