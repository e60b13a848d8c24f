using System;
using System.Linq;
using Shouldly;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class LeCarTests
{
    [Fact]
    public void EveryVictimIsThePapers() => Paper.Holds("lecar", frames => new LeCarModel(frames), strings: 200);

    /// <summary>
    /// Two frames, and lambda so large that one mistake decides: 0.5 each at first, then 0.99 for the expert that was right. LRU names 1, LFU 2;
    /// the page that goes comes back at once, which was its expert's mistake.
    /// <code>
    ///   1 1 1 1 2 2   4: LRU takes 1, or LFU takes 2
    ///   1             LRU's mistake: LFU takes 4, used once; LRU would take 2
    ///   2             LFU's mistake: LRU takes 1, used longest ago; LFU would take 4
    /// </code>
    /// </summary>
    [Fact]
    public void AMistakeShiftsTheWeightToTheOtherExpert()
    {
        const int Runs = 400;
        int byLru = 0, asExpected = 0;
        for (ulong seed = 0; seed < Runs; seed++)
        {
            IPolicyDriver memory = PolicyDriver.Create("lecar(learning-rate=10,discount=1)", new DriverShape(2), seed);
            foreach (ulong page in new ulong[] { 1, 1, 1, 1, 2, 2 }) memory.Reference(page).ShouldBeEmpty();
            ulong mistake = memory.Reference(4).Single();
            if (mistake == 1) byLru++;
            if (memory.Reference(mistake).Single() == (mistake == 1 ? 4ul : 1)) asExpected++;
        }
        byLru.ShouldBeInRange(160, 240);
        asExpected.ShouldBeInRange(Runs * 97 / 100, Runs);
    }

    /// <summary>As in the paper's figures: about as good as the better of its experts, whichever that is.</summary>
    [Fact]
    public void ItKeepsCloseToTheBetterExpert()
    {
        foreach (string trace in GoldenReplays.Traces)
        {
            var pages = GoldenReplays.Read(trace);
            foreach (int size in GoldenReplays.Sizes(trace))
            {
                long lru = GoldenReplays.Misses(pages, "lru", size), lfu = GoldenReplays.Misses(pages, "lfu", size);
                double ratio = (double)GoldenReplays.Misses(pages, "lecar", size) / Math.Min(lru, lfu);
                ratio.ShouldBeLessThan(1.2, $"{trace}, {size} frames");
            }
        }
    }
}
