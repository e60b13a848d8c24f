using System;
using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Policies.VmaIndex;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>What single operations of each index take, by hand or from the literature.</summary>
public sealed class VmaIndexExamples
{
    [Fact]
    public void AListReadsEveryMappingUpToTheOneItFinds()
    {
        VmaList list = Ascending("list", 100);
        WorkOf(list, () => list.Find(list.First!.Start)).ShouldBe(new VmaIndexWork(1, 1, 0, 0, 0));
        WorkOf(list, () => list.Find(list.Last!.Start)).ShouldBe(new VmaIndexWork(100, 100, 0, 0, 0));
    }

    [Fact]
    public void AnArrayMovesAllEntriesAbove()
    {
        VmaList list = Ascending("linear-array", 100);
        WorkOf(list, () => list.Insert(Make(0, 1))).EntryMoves.ShouldBe(100);
        WorkOf(list, () => list.Remove(list.First!)).EntryMoves.ShouldBe(100);
        WorkOf(list, () => list.Remove(list.Last!)).EntryMoves.ShouldBe(0);
    }

    [Fact]
    public void AnArrayGrowsByThePage()
    {
        VmaList list = Ascending("linear-array", LinearArray.EntriesInPage);
        list.Index.Work.NodeAllocations.ShouldBe(1);
        WorkOf(list, () => list.Insert(Make(0, 1))).NodeAllocations.ShouldBe(1);
        WorkOf(list, () => list.Remove(list.First!)).NodeFrees.ShouldBe(1);
    }

    /// <summary>
    /// The comparison with which the maple tree was introduced: a thousand entries lie ten levels deep in a red-black tree, about five in a maple tree. Four
    /// here, however they come, since nodes even out with their siblings before they divide. A lookup in a binary tree may end above its leaves.
    /// </summary>
    [Fact]
    public void AThousandMappingsLieTenLevelsDeepInABinaryTreeAndFourInAMapleTree()
    {
        foreach (string tree in new[] { "rbtree(cache=0)", "list-rbtree(cache=0)", "avl(cache=0)" })
        {
            VmaList list = Shuffled(tree, 1000);
            long[] visits = [.. list.All().Select(vma => WorkOf(list, () => list.Find(vma.Start)).NodeVisits)];
            visits.Max().ShouldBeInRange(10, 12, tree);
            visits.Average().ShouldBeInRange(8.9, 9.4, tree);
        }
        foreach (VmaList maple in new[] { Shuffled("maple", 1000), Ascending("maple", 1000), Packed("maple", 1000) })
        {
            ((Maple)maple.Index).Depth.ShouldBe(4);
            WorkOf(maple, () => maple.Find(maple.First!.Start)).NodeVisits.ShouldBe(4);
        }
    }

    [Fact]
    public void TheCacheOfTheLastHitAnswersWithoutTheTree()
    {
        VmaList list = Ascending("list-rbtree", 1000);
        Vma vma = list.First!;
        list.Find(vma.Start);
        WorkOf(list, () => list.Find(vma.Start).ShouldBeSameAs(vma)).ShouldBe(new VmaIndexWork(2, 1, 0, 0, 0));
        list.Remove(vma);
        list.Find(vma.Start).ShouldBeSameAs(list.First);
    }

    [Fact]
    public void FourCachedHitsServeFourRegionsInTurn()
    {
        VmaList list = Ascending("rbtree(cache=4)", 1000);
        Vma[] used = [.. list.All().Take(4)];
        foreach (Vma vma in used) list.Find(vma.Start);
        foreach (Vma vma in used) WorkOf(list, () => list.Find(vma.Start)).NodeVisits.ShouldBeLessThanOrEqualTo(4);
    }

    /// <summary>
    /// Seven mappings with space around them are 15 ranges, which one leaf of 16 holds; the eighth makes 17, which two leaves hold under a new root.
    /// <code>
    ///   | - A - B - C - D - E - F - G - |     =>     | . |  over  | - A - B - C - D |  and  | - E - F - G - H - |
    /// </code>
    /// </summary>
    [Fact]
    public void TheEighthMappingDividesTheFirstMapleLeaf()
    {
        VmaList list = Ascending("maple", 7);
        ((Maple)list.Index).Depth.ShouldBe(1);
        VmaIndexWork work = list.Index.Work;
        (work.NodeAllocations - work.NodeFrees).ShouldBe(1);
        VmaIndexWork split = WorkOf(list, () => list.Insert(Make(1000, 1001)));
        ((Maple)list.Index).Depth.ShouldBe(2);
        // Two leaves in place of one, and the root, which is written twice: when it is made, and when it gets its second child.
        (split.NodeAllocations, split.NodeFrees).ShouldBe((4, 2));
    }

    [Fact]
    public void MapleCopiesANodeOnlyWhereTheNumberOfItsRangesChanges()
    {
        // 0 1 2 3 4 5 6 7 8 9
        //     A A     C C
        VmaList list = New("maple");
        (Vma a, Vma b, Vma c) = (Make(2, 4), Make(4, 6), Make(6, 8));
        list.Insert(a);
        Copies(() => list.Insert(c)).ShouldBe(1, "one more mapping and one more free range");
        Copies(() => list.Insert(b)).ShouldBe(0, "it fills the free range between A and C");
        Copies(() => list.MoveBoundary(a, 3)).ShouldBe(0, "a boundary between two mappings moves");
        Copies(() => list.Move(c, 6, 9)).ShouldBe(0, "a boundary with free space moves");
        Copies(() => list.Remove(b)).ShouldBe(0, "its range becomes a free one");
        Copies(() => list.Move(a, 2, 6)).ShouldBe(1, "A grows over the whole free range");

        long Copies(Action change) => WorkOf(list, change).NodeAllocations;
    }

    /// <summary>Where the trees of the time walked the list for free space, trees with gaps descend: 2 000 mappings without room between them.</summary>
    [Fact]
    public void GapsInTheTreeSpareTheWalkAlongTheList()
    {
        foreach (var (index, atMost) in new[] { ("rbtree", 25), ("maple", 8) })
        {
            VmaList list = Packed(index, 2000);
            WorkOf(list, () => list.Index.TryFindLowestGap(1, 10_000, 4, out _).ShouldBeTrue()).NodeVisits.ShouldBeLessThanOrEqualTo(atMost, index);
        }
        foreach (string index in new[] { "list", "avl", "list-rbtree" })
        {
            VmaList list = Packed(index, 2000);
            WorkOf(list, () => list.Index.TryFindLowestGap(1, 10_000, 4, out _).ShouldBeTrue()).NodeVisits.ShouldBeGreaterThanOrEqualTo(2000, index);
        }
    }

    private static VmaIndexWork WorkOf(VmaList list, Action action)
    {
        VmaIndexWork before = list.Index.Work;
        action();
        return list.Index.Work - before;
    }

    private static VmaList Ascending(string index, int mappings)
    {
        VmaList list = New(index);
        for (ulong i = 1; i <= (ulong)mappings; i++) list.Insert(Make(3 * i, 3 * i + 1));
        return list;
    }

    private static VmaList Packed(string index, int mappings)
    {
        VmaList list = New(index);
        for (ulong i = 1; i <= (ulong)mappings; i++) list.Insert(Make(i, i + 1));
        return list;
    }

    private static VmaList Shuffled(string index, int mappings)
    {
        ulong[] places = [.. Enumerable.Range(1, mappings).Select(place => (ulong)place)];
        var random = new RandomStream(1);
        for (int i = places.Length - 1; i > 0; i--)
        {
            int other = (int)random.Below((ulong)i + 1);
            (places[i], places[other]) = (places[other], places[i]);
        }
        VmaList list = New(index);
        foreach (ulong place in places) list.Insert(Make(3 * place, 3 * place + 1));
        list.CheckInvariants();
        return list;
    }

    private static VmaList New(string index) => new(
        (IVmaIndex)PolicyChoice.Parse(BuiltIn.Policies, "vma-index", index).Create(new PolicyContext(0, 0, 0)),
        new KernelObjects(new PageAllocator(new FrameArray<Frame>(0))));

    private static Vma Make(ulong start, ulong end) => new(start, end, VmaFlags.Read | VmaFlags.Write, null, start);
}
