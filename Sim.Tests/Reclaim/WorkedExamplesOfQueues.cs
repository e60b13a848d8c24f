using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Sim.Tests.Reclaim;

/// <summary>The examples of papers whose policies arrange pages in queues.</summary>
public sealed class WorkedExamplesOfQueues
{
    /// <summary>
    /// The sequence of the paper's figure 1, H A D I B J, after A to G have been loaded and A, B and G used. Newest first, used pages marked.
    /// <code>
    ///   G* F E D C B* A*       H: A and B are spared where they stand, C goes; the hand stops before D
    ///   H G* F E D B A         A, D: hits        I: D is spared, E goes
    ///   I H G* F D B A*        B: a hit          J: F goes
    /// </code>
    /// </summary>
    [Fact]
    public void SievesHandSparesPagesWhereTheyStand()
    {
        IPolicyDriver memory = Memory("sieve", 7);
        Load(memory, "ABCDEFG");
        Load(memory, "ABG");
        memory.Reference('H').ShouldBe([(ulong)'C']);
        Load(memory, "AD");
        memory.Reference('I').ShouldBe([(ulong)'E']);
        Load(memory, "B");
        memory.Reference('J').ShouldBe([(ulong)'F']);
        memory.CheckInvariants();
    }

    /// <summary>
    /// 2Q in four frames: Kin = 1, Kout = 2. Newest first, ghosts in brackets.
    /// <code>
    ///   1 2 3 4 loaded    A1in 4 3 2 1            Am
    ///   5                 A1in 5 4 3 2   (1)      Am            A1in is longer than Kin and gives
    ///   1                 A1in 5 4 3     (2)      Am 1          a ghost: into Am
    ///   2                 A1in 5 4       (3)      Am 2 1
    ///   3                 A1in 5         (4)      Am 3 2 1
    ///   6                 A1in 6 5       (4)      Am 3 2        A1in is not longer than Kin: Am gives, and keeps no ghost
    ///   1                 A1in 1 6       (5 4)    Am 3 2        so 1 is as good as new
    /// </code>
    /// </summary>
    [Fact]
    public void TwoQueueBringsInToAmWhatA1outRemembers()
    {
        IPolicyDriver memory = Memory("2q", 4);
        foreach (ulong page in new ulong[] { 1, 2, 3, 4 }) memory.Reference(page).ShouldBeEmpty();
        (ulong Page, ulong Gone)[] steps = [(5, 1), (1, 2), (2, 3), (3, 4), (6, 1), (1, 5)];
        foreach (var (page, gone) in steps) memory.Reference(page).ShouldBe([gone], $"reference to {page}");
        memory.CheckInvariants();
    }

    /// <summary>
    /// S3-FIFO in four frames, two of them S's, with two ghosts. Newest first, hits as marks, ghosts in brackets.
    /// <code>
    ///   1 2 3 4, 1, 1     S 4 3 2 1''             M
    ///   5                 S 5 4 3        (2)      M 1           1 was used twice and moves to M, 2 was not and goes
    ///   2                 S 5 4          (3)      M 2 1         a ghost: into M
    ///   3                 S 5            (4)      M 3 2 1
    ///   1                 S 5            (4)      M 3 2 1'
    ///   6                 S 6 5          (4)      M 1 3         M is over its share and gives: 1 goes round, 2 goes for good
    /// </code>
    /// </summary>
    [Fact]
    public void S3FifoFiltersNewPagesAndBringsGhostsBackIntoTheMainQueue()
    {
        IPolicyDriver memory = Memory("s3-fifo(small=0.5,ghosts=0.5)", 4);
        foreach (ulong page in new ulong[] { 1, 2, 3, 4, 1, 1 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(5).ShouldBe([2ul]);
        memory.Reference(2).ShouldBe([3ul]);
        memory.Reference(3).ShouldBe([4ul]);
        memory.Reference(1).ShouldBeEmpty();
        memory.Reference(6).ShouldBe([2ul]);
        memory.CheckInvariants();
    }

    /// <summary>
    /// Three frames, counts in brackets, the hand before the page it points to; 1 has been hit twice.
    /// <code>
    ///   1 2 3 loaded, 1, 1   >1[3] 2[1] 3[1]
    ///   4: two rounds         1[1] 4[1] >3[0]      2 was the first at 0
    ///   5: 3 goes at once     1[1] 4[1] 5[1]
    ///   6: another round      1 goes: the counts are equal, and the hand comes to it first
    /// </code>
    /// </summary>
    [Theory]
    [InlineData("gclock")]
    [InlineData("clock(bits=3)")]
    public void GclocksHandTakesOneFromEveryCount(string policy)
    {
        IPolicyDriver memory = Memory(policy, 3);
        foreach (ulong page in new ulong[] { 1, 2, 3, 1, 1 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(4).ShouldBe([2ul]);
        memory.Reference(5).ShouldBe([3ul]);
        memory.Reference(6).ShouldBe([1ul]);
    }

    /// <summary>
    /// SLRU with the paper's two segments, in five frames: two places in each, and one frame beyond. Newest first, the lowest segment left.
    /// <code>
    ///   1 2 3 4 5      5 2 1 | 4 3      new pages fill the lowest segment with room, then go beyond the size of the lowest
    ///   5              3 2   | 5 4      a hit: 5 rises, 3 sinks, and what the lowest cannot hold goes although there was room: 1
    ///   6              6 3 2 | 5 4      the free frame
    ///   7              7 6 3 | 5 4      2 goes
    /// </code>
    /// </summary>
    [Fact]
    public void SegmentedLruLiftsWhatIsHitAndSinksTheRest()
    {
        IPolicyDriver memory = Memory("slru(segments=2)", 5);
        foreach (ulong page in new ulong[] { 1, 2, 3, 4, 5 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(5).ShouldBe([1ul]);
        memory.Resident.ShouldBe(4);
        memory.Reference(6).ShouldBeEmpty();
        memory.Reference(7).ShouldBe([2ul]);
        memory.CheckInvariants();
    }

    /// <summary>
    /// LIRS, the references of the paper's table 1 (A D B C B A D A E) from an empty memory of two LIR frames and one HIR frame. S from its top, LIR
    /// pages large, ghosts in brackets; then Q.
    /// <code>
    ///   A D B    b D A        b      the first two are LIR
    ///   C        c (b) D A    c      B goes and stays in S as a ghost
    ///   B        B (c) D      a      a ghost is used: B becomes LIR, A at the bottom HIR; C goes
    ///   A        a B (c) D    a      not in S: stays HIR
    ///   D        D a B               the bottom is used; what lies below the next LIR page leaves S
    ///   A        A D          b      in S: A becomes LIR, B HIR
    ///   E        e A D        e      B goes; it was not in S and leaves no ghost
    ///   B        b (e) A D    b      E goes, as a ghost
    ///   E        E (b) A      d      E becomes LIR, D HIR; B goes, as a ghost
    /// </code>
    /// </summary>
    [Fact]
    public void LirsMakesLirWhatIsUsedWhileInTheStack()
    {
        IPolicyDriver memory = Memory("lirs(hir=0.34)", 3);
        Load(memory, "ADB");
        memory.Reference('C').ShouldBe([(ulong)'B']);
        memory.Reference('B').ShouldBe([(ulong)'C']);
        Load(memory, "ADA");
        memory.Reference('E').ShouldBe([(ulong)'B']);
        memory.Reference('B').ShouldBe([(ulong)'E']);
        memory.Reference('E').ShouldBe([(ulong)'B']);
        memory.Reference('F').ShouldBe([(ulong)'D']);
        memory.CheckInvariants();
    }

    /// <summary>
    /// Two LIR frames, two HIR frames; 3 and 4 have left S when 3 is used.
    /// <code>
    ///   1 2 3 4, 1, 2    S 2 1      Q 4 3
    ///   3  paper         S 3 2 1    Q 3 4
    ///   3  libcachesim   S 3 2      Q 1 3     1 is demoted for it, and 4 goes although nobody needs the room
    /// </code>
    /// </summary>
    [Fact]
    public void AHitInTheQueueAloneEvictsInTheVariantOnly()
    {
        foreach (var (policy, gone) in new[] { ("lirs(hir=0.5)", Array.Empty<ulong>()), ("lirs(hir=0.5,variant=libcachesim)", [4ul]) })
        {
            IPolicyDriver memory = Memory(policy, 4);
            foreach (ulong page in new ulong[] { 1, 2, 3, 4, 1, 2 }) memory.Reference(page).ShouldBeEmpty();
            memory.Reference(3).ShouldBe(gone, policy);
            memory.CheckInvariants();
        }
    }

    /// <summary>A loop is where MRU is the optimum: (N - C) / (N - 1) of the references miss.</summary>
    [Theory]
    [InlineData(10, 4)]
    [InlineData(50, 30)]
    public void MruIsTheOptimumOfALoop(int pages, int frames)
    {
        uint[] loop = [.. Enumerable.Range(0, 20 * pages * (pages - 1)).Select(i => (uint)(i % pages))];
        long misses = ReclaimConformance.Misses("mru", frames, loop);
        misses.ShouldBe(ReclaimConformance.Misses("opt", frames, loop));
        ((double)misses / loop.Length).ShouldBe((pages - frames) / (pages - 1.0), 0.005);
    }

    private static IPolicyDriver Memory(string policy, int frames) => PolicyDriver.Create(policy, frames);

    private static void Load(IPolicyDriver memory, string pages)
    {
        foreach (char page in pages) memory.Reference(page).ShouldBeEmpty();
    }
}
