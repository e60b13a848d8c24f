using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Indexes;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>The tree of mappings against a sorted list.</summary>
public sealed class VmaTreeTests
{
    [Fact]
    public void AnySeriesOfInsertionsAndRemovalsLeavesWhatASortedListHolds()
    {
        Gen<(int Pages, int RemovePercent, ulong Seed)> series =
            from pages in Gen.Elements(20, 200, 2000)
            from removePercent in Gen.Elements(20, 45, 60)
            from seed in Gen.Choose(0, int.MaxValue)
            select (pages, removePercent, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(series.ToArbitrary(),
            drawn => Follow(drawn.Pages, drawn.RemovePercent, drawn.Seed)));
    }

    [Fact]
    public void FindGivesTheMappingOfAPageOrTheNextAbove()
    {
        // 0 1 2 3 4 5 6 7 8 9
        //     A A A     B C
        var tree = new VmaTree();
        (Vma a, Vma b, Vma c) = (Make(2, 5), Make(7, 8), Make(8, 9));
        foreach (Vma vma in new[] { b, c, a }) tree.Insert(vma);
        Vma?[] expected = [a, a, a, a, a, b, b, b, c, null];
        for (int page = 0; page < expected.Length; page++) tree.Find((ulong)page).ShouldBeSameAs(expected[page], $"page {page}");
        (tree.First, tree.Last).ShouldBe((a, c));
    }

    [Fact]
    public void AscendingAndDescendingInsertionsStayInBalance()
    {
        var tree = new VmaTree();
        for (ulong page = 0; page < 1000; page++) tree.Insert(Make(10_000 + 2 * page, 10_001 + 2 * page));
        for (ulong page = 1000; page > 0; page--) tree.Insert(Make(2 * page, 2 * page + 1));
        tree.CheckInvariants();
        tree.Count.ShouldBe(2000);
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(5, 11)]
    [InlineData(19, 25)]
    [InlineData(12, 13)]
    [InlineData(5, 25)]
    public void AnOverlapIsRefused(ulong start, ulong end)
    {
        var tree = new VmaTree();
        tree.Insert(Make(10, 20));
        Should.Throw<InvalidOperationException>(() => tree.Insert(Make(start, end)));
        tree.CheckInvariants();
        tree.Count.ShouldBe(1);
    }

    private static void Follow(int pages, int removePercent, ulong seed)
    {
        var tree = new VmaTree();
        var model = new SortedList<ulong, Vma>();
        var random = new RandomStream(seed);
        for (int step = 0; step < 200; step++)
        {
            if (model.Count > 0 && random.Below(100) < (ulong)removePercent)
            {
                Vma gone = model.Values[(int)random.Below((ulong)model.Count)];
                tree.Remove(gone);
                model.Remove(gone.Start);
            }
            else
            {
                ulong start = random.Below((ulong)pages);
                Vma vma = Make(start, start + 1 + random.Below(6));
                if (model.Values.Any(other => other.Start < vma.End && vma.Start < other.End)) continue;
                tree.Insert(vma);
                model.Add(vma.Start, vma);
            }
            tree.CheckInvariants();
            tree.Count.ShouldBe(model.Count);
            ulong page = random.Below((ulong)pages + 8);
            tree.Find(page).ShouldBeSameAs(model.Values.FirstOrDefault(vma => vma.End > page));
        }
        tree.All().SequenceEqual(model.Values).ShouldBeTrue();
        (tree.First, tree.Last).ShouldBe((model.Values.FirstOrDefault(), model.Values.LastOrDefault()));
        foreach (Vma vma in model.Values) tree.Remove(vma);
        (tree.First, tree.Last, tree.Count).ShouldBe((null, null, 0));
        tree.CheckInvariants();
    }

    private static Vma Make(ulong start, ulong end) => new(start, end, Protection.ReadWrite, PageSize.Base);
}
