using System;
using System.Linq;
using Shouldly;
using Sim.Core.Engine;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class LruKTests
{
    [Theory]
    [InlineData("lru-k", 2, 0, 10)]
    [InlineData("lru-k(k=3,retained-period=2)", 3, 0, 2)]
    [InlineData("lru-k(k=2,correlated-period=3)", 2, 3, 10)]
    [InlineData("lru-k(k=4,correlated-period=1,retained-period=4)", 4, 1, 4)]
    [InlineData("lru-k(k=2,correlated-period=100,retained-period=0)", 2, 100, 0)]
    public void EveryVictimIsThePapers(string policy, int k, long correlatedPeriod, int retained) =>
        Paper.Holds(policy, frames => new LruKModel(frames, k, correlatedPeriod, (long)retained * frames));

    /// <summary>
    /// Three frames, K = 2; HIST(1) and HIST(2) of each page, times in references.
    /// <code>
    ///   1 1 2 3   1 (2,1)  2 (3,-)  3 (4,-)
    ///   4         2 goes: never referenced twice, and less recently than 3. LRU would evict 1.
    ///   2         back with what was known: 2 (6,3); 3 goes
    ///   5         4 goes: the only one referenced once
    ///   6         5 goes
    ///   3         6 goes; 3 (9,4)
    ///   7         1 goes: its second last reference, at 1, lies furthest back; 2's is 3, 3's is 4
    /// </code>
    /// </summary>
    [Fact]
    public void TheSecondLastReferenceDecides()
    {
        IPolicyDriver memory = PolicyDriver.Create("lru-k", 3);
        foreach (ulong page in new ulong[] { 1, 1, 2, 3 }) memory.Reference(page).ShouldBeEmpty();
        ulong[] faults = [4, 2, 5, 6, 3, 7];
        faults.SelectMany(memory.Reference).ShouldBe([2ul, 3, 4, 5, 6, 1]);
    }

    /// <summary>Page 1 is referenced twice in a row: once, where the correlated period covers it, and it has no second reference to go by.</summary>
    [Theory]
    [InlineData("lru-k", 2)]
    [InlineData("lru-k(correlated-period=1)", 1)]
    public void CorrelatedReferencesCountAsOne(string policy, ulong victim)
    {
        IPolicyDriver memory = PolicyDriver.Create(policy, 2);
        foreach (ulong page in new ulong[] { 1, 1, 2 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(3).ShouldBe([victim]);
    }

    /// <summary>
    /// The paper's example 1.1: references alternate between 100 index pages and 10,000 record pages, 101 buffers. LRU-2 keeps the index
    /// pages, so that half of the references hit; LRU fills its buffers with record pages.
    /// </summary>
    [Fact]
    public void IndexPagesStayAndRecordPagesPass()
    {
        var random = new RandomStream(11);
        uint[] references = [.. Enumerable.Range(0, 60_000).Select(i => (uint)(i % 2 == 0 ? random.Below(100) : 100 + random.Below(10_000)))];
        double lruK = ReclaimConformance.Misses("lru-k", 101, references) / 60_000.0;
        double lru = ReclaimConformance.Misses("lru", 101, references) / 60_000.0;
        lruK.ShouldBe(0.5, 0.05);
        lru.ShouldBeGreaterThan(0.68);
    }

    [Fact]
    public void WithKOfOneItIsLru()
    {
        foreach (string trace in new[] { "scanzipf", "stackdist" })
        {
            var pages = GoldenReplays.Read(trace);
            foreach (int size in GoldenReplays.Sizes(trace))
                GoldenReplays.Misses(pages, "lru-k(k=1)", size).ShouldBe(GoldenReplays.Misses(pages, "lru", size), $"{trace}, {size} frames");
        }
    }
}
