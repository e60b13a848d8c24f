using System.Linq;
using Shouldly;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class HyperbolicTests
{
    [Fact]
    public void WhereTheSampleIsAllPagesEveryVictimIsThePapers() => Paper.Holds("hyperbolic", frames => new HyperbolicModel(frames), strings: 200);

    /// <summary>
    /// Two frames; references over time since loading.
    /// <code>
    ///   1 1 1 1 1 2 2 2
    ///   3 at 9      1: 5/8     2: 3/3     1 goes, which a count of references would keep
    ///   4 at 10     2: 3/4     3: 1/1     2 goes
    ///   5 at 11     3: 1/2     4: 1/1     3 goes
    /// </code>
    /// </summary>
    [Fact]
    public void ThePriorityOfAnIdlePageFallsAsAHyperbola()
    {
        IPolicyDriver memory = PolicyDriver.Create("hyperbolic", 2);
        foreach (ulong page in new ulong[] { 1, 1, 1, 1, 1, 2, 2, 2 }) memory.Reference(page).ShouldBeEmpty();
        ulong[] faults = [3, 4, 5];
        faults.SelectMany(memory.Reference).ShouldBe([1ul, 2, 3]);
    }

    /// <summary>A sample of one is a uniform draw; the larger the sample, the nearer to the lowest priority of all, and on skewed references that pays.</summary>
    [Fact]
    public void ASampleOfOneIsRandomReplacementAndALargerOneIsBetter()
    {
        var zipf = GoldenReplays.Read("zipf10_20k");
        foreach (int size in GoldenReplays.Sizes("zipf10_20k").Take(4))
        {
            double one = GoldenReplays.Misses(zipf, "hyperbolic(sample=1)", size);
            (one / GoldenReplays.Misses(zipf, "random", size)).ShouldBe(1, 0.02);
            long eight = GoldenReplays.Misses(zipf, "hyperbolic(sample=8)", size);
            ((double)eight).ShouldBeLessThan(one);
            GoldenReplays.Misses(zipf, "hyperbolic", size).ShouldBeLessThan(eight);
        }
    }

    /// <summary>Where references are independent and skewed, the paper's workloads, it beats LRU; after a change of phase its counts mislead it.</summary>
    [Fact]
    public void ItBeatsLruOnSkewedReferencesAndIsMisledByPhases()
    {
        foreach (string trace in new[] { "zipf10_20k", "scanzipf" })
        {
            var pages = GoldenReplays.Read(trace);
            foreach (int size in GoldenReplays.Sizes(trace))
                GoldenReplays.Misses(pages, "hyperbolic", size).ShouldBeLessThan(GoldenReplays.Misses(pages, "lru", size), $"{trace}, {size} frames");
        }
        var phases = GoldenReplays.Read("phases");
        foreach (int size in GoldenReplays.Sizes("phases"))
        {
            double ratio = (double)GoldenReplays.Misses(phases, "hyperbolic", size) / GoldenReplays.Misses(phases, "lru", size);
            ratio.ShouldBeLessThan(1.5, $"{size} frames");
        }
    }
}
