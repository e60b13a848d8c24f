using Shouldly;
using Sim.Policies.Structures;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class LhdTests
{
    /// <summary>
    /// Two hits at age 0, one at age 1, one eviction at age 3. From age 1 on: 1 hit over 1 + 3 units of time; from age 0 on: 3 hits over
    /// 2 * 1 + 2 + 4.
    /// </summary>
    [Fact]
    public void HitDensityIsHitsToComeOverTimeToCome()
    {
        var densities = new HitDensities(classes: 2, ages: 4);
        densities.Hit(1, 0);
        densities.Hit(1, 0);
        densities.Hit(1, 1);
        densities.Evict(1, 3);
        densities.Reckon(decay: 0.5f);
        densities[1, 0].ShouldBe(3f / 8);
        densities[1, 1].ShouldBe(1f / 4);
        densities[1, 2].ShouldBe(0);
        densities[1, 3].ShouldBe(0);
        densities[0, 0].ShouldBe(0);
    }

    /// <summary>Half the evidence fades between two reckonings: one hit at age 0 weighs a half, a new eviction at age 1 weighs 1.</summary>
    [Fact]
    public void OldEvidenceFades()
    {
        var densities = new HitDensities(classes: 1, ages: 2);
        densities.Hit(0, 0);
        densities.Reckon(decay: 1);
        densities[0, 0].ShouldBe(1);
        densities.Evict(0, 1);
        densities.Evict(0, 1);
        densities.Reckon(decay: 0.5f);
        densities[0, 0].ShouldBe(0.5f / (0.5f + 2));
    }

    /// <summary>
    /// Before anything is learned, four frames. 2 has been hit at an age of 1 time unit, the others never, so it is of a higher class; of
    /// those, all of age 3 and less, the one idle longest promises least.
    /// <code>
    ///   1 2 2 3 4    5: 1 goes, idle for 5    6: 3 goes
    /// </code>
    /// </summary>
    [Fact]
    public void WithoutEvidenceTheIdleOfTheLowestClassGoFirst()
    {
        IPolicyDriver memory = PolicyDriver.Create("lhd", 4);
        foreach (ulong page in new ulong[] { 1, 2, 2, 3, 4 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(5).ShouldBe([1ul]);
        memory.Reference(6).ShouldBe([3ul]);
    }

    /// <summary>It learns that in a loop the pages that have come furthest are worth the most, and holds on to some: LRU and ARC never hit.</summary>
    [Fact]
    public void InALoopItHitsNearlyAsOftenAsTheOptimum()
    {
        var loop = GoldenReplays.Read("loop6k");
        foreach (int size in GoldenReplays.Sizes("loop6k"))
        {
            double hits = loop.References.Length - GoldenReplays.Misses(loop, "lhd", size);
            double most = loop.References.Length - GoldenReplays.Misses(loop, "opt", size);
            (hits / most).ShouldBeGreaterThan(0.8, $"{size} frames");
        }
    }

    /// <summary>The traces are short of what it takes to learn; it is then no worse than LRU by much, and where there are scans it is better.</summary>
    [Fact]
    public void ItIsNeverMuchWorseThanLru()
    {
        foreach (string trace in GoldenReplays.Traces)
        {
            var pages = GoldenReplays.Read(trace);
            foreach (int size in GoldenReplays.Sizes(trace))
            {
                double ratio = (double)GoldenReplays.Misses(pages, "lhd", size) / GoldenReplays.Misses(pages, "lru", size);
                ratio.ShouldBeLessThan(trace == "scanzipf" ? 1.03 : 1.15, $"{trace}, {size} frames");
            }
        }
    }
}
