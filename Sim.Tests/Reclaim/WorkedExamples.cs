using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Xunit;

namespace Sim.Tests.Reclaim;

/// <summary>The examples of papers and textbooks, with their own numbers.</summary>
public sealed class WorkedExamples
{
    /// <summary>Belady, Nelson, Shedler, CACM 12(6), 1969.</summary>
    private static readonly uint[] BeladyString = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];

    /// <summary>Silberschatz, Galvin, Gagne, Operating System Concepts, page replacement.</summary>
    private static readonly uint[] SilberschatzString = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];

    [Theory]
    [InlineData("fifo", 9, 10)]
    [InlineData("lru", 10, 8)]
    [InlineData("opt", 7, 6)]
    [InlineData("clock", 9, 10)]
    public void BeladysStringShowsTheAnomalyWhereItIs(string policy, int withThree, int withFour)
    {
        ReclaimConformance.Misses(policy, 3, BeladyString).ShouldBe(withThree);
        ReclaimConformance.Misses(policy, 4, BeladyString).ShouldBe(withFour);
    }

    [Theory]
    [InlineData("fifo", 15)]
    [InlineData("lru", 12)]
    [InlineData("opt", 9)]
    public void SilberschatzsStringInThreeFrames(string policy, int misses) =>
        ReclaimConformance.Misses(policy, 3, SilberschatzString).ShouldBe(misses);

    [Theory]
    [InlineData("lru")]
    [InlineData("fifo")]
    [InlineData("clock")]
    [InlineData("clock(set-on-load=false)")]
    public void ALoopThatDoesNotFitMissesAlways(string policy)
    {
        uint[] loop = Loop(pages: 50, references: 5_000);
        ReclaimConformance.Misses(policy, 49, loop).ShouldBe(5_000);
    }

    /// <summary>(N - C) / (N - 1) in steady state: after the first pass of N, C - 1 of every N - 1 references hit.</summary>
    [Theory]
    [InlineData(10, 4)]
    [InlineData(50, 30)]
    [InlineData(100, 99)]
    public void TheOptimumOfALoopHitsAsOftenAsTheFormulaSays(int pages, int frames)
    {
        int cycles = 400;
        uint[] loop = Loop(pages, pages + (pages - 1) * cycles);
        long misses = ReclaimConformance.Misses("opt", frames, loop) - pages;
        ((double)misses / ((pages - 1.0) * cycles)).ShouldBe((pages - frames) / (pages - 1.0), 0.005);
    }

    /// <summary>
    /// Three frames, second chance. Bits in brackets, the hand before the page it points to.
    /// <code>
    ///   1 2 3 loaded        >1[1] 2[1] 3[1]
    ///   4: all bits cleared, 1 goes       4[1] >2[0] 3[0]
    ///   2: hit                            4[1] >2[1] 3[0]
    ///   5: 2 is spared, 3 goes           >4[1] 2[0] 5[1]
    /// </code>
    /// </summary>
    [Fact]
    public void ClockSparesThePageThatWasUsedSinceTheHandPassed()
    {
        IPolicyDriver memory = PolicyDriver.Create("clock", 3);
        foreach (ulong page in new ulong[] { 1, 2, 3 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(4).ShouldBe([1ul]);
        memory.Reference(2).ShouldBeEmpty();
        memory.Reference(5).ShouldBe([3ul]);
        memory.Reference(6).ShouldBe([2ul]);
    }

    /// <summary>
    /// ARC's figure 4 with c = 2. T1 once, T2 again, ghosts in brackets; p is the target size of T1.
    /// <code>
    ///   1 2 1    T1 = 2          T2 = 1               p = 0
    ///   3        T1 = 3          T2 = 1    B1 (2)     p = 0    REPLACE takes from T1, which is longer than p
    ///   2        T1 = 3          T2 = 2    B2 (1)     p = 1    a ghost of B1: T1 shall be longer; T1 is not longer than p, so T2 gives
    ///   1        T1 =            T2 = 1 2  B1 (3)     p = 0    a ghost of B2: T1 shall be shorter
    /// </code>
    /// </summary>
    [Fact]
    public void ArcMovesItsTargetByTheGhostsThatAreHit()
    {
        IPolicyDriver memory = PolicyDriver.Create("arc", 2);
        foreach (ulong page in new ulong[] { 1, 2, 1 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(3).ShouldBe([2ul]);
        memory.Reference(2).ShouldBe([1ul]);
        memory.Reference(1).ShouldBe([3ul]);
        memory.CheckInvariants();
    }

    /// <summary>Not recently used: the clean page goes before the modified one (in the driver, frames 0 and 3 are modified).</summary>
    [Fact]
    public void NruTakesAnUnreferencedCleanPageFirst()
    {
        IPolicyDriver memory = PolicyDriver.Create("nru(reset-interval=1000)", 4);
        foreach (ulong page in new ulong[] { 10, 11, 12, 13 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(14).ShouldBe([11ul]);
        memory.Reference(12).ShouldBeEmpty();
        memory.Reference(15).ShouldBe([10ul]);
    }

    private static uint[] Loop(int pages, int references) => [.. Enumerable.Range(0, references).Select(i => (uint)(i % pages))];
}
