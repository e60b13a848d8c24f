using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Physical;
using Sim.Core.Units;
using Sim.Tests.Physical;
using Xunit;

namespace Sim.Tests.Hardware;

/// <summary>The page table against a dictionary from pages to entries. Are entries found, enumerated and their tables counted as the radix tree says?</summary>
public sealed unsafe class PageTableTests
{
    private const int Frames = 2048;
    private readonly LeafTables _leaves = new();
    private readonly CountingPayer _payer = new();

    [Fact]
    public void AnySeriesOfOperationsLeavesWhatADictionaryHolds()
    {
        Gen<(int Regions, ulong Seed)> series = from regions in Gen.Choose(1, 6) from seed in Gen.Choose(0, int.MaxValue) select (regions, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(series.ToArbitrary(), drawn => Follow(drawn.Regions, drawn.Seed)));
    }

    [Fact]
    public void OnePageTakesATableOfEveryLevel()
    {
        (PageTable table, KernelObjects objects) = Make(Frames);
        objects.CountOf(KernelObject.PageTable).ShouldBe(1, "the root");
        AssertMade(table, 0, tablePages: 3);
        AssertMade(table, 511, tablePages: 3);
        AssertMade(table, 512, tablePages: 4);
        AssertMade(table, 1UL << 18, tablePages: 6);
        AssertMade(table, 1UL << 27, tablePages: 9);
        AssertMade(table, PageTable.PageLimit - 1, tablePages: 12);
        objects.CountOf(KernelObject.PageTable).ShouldBe(13);
        table.FreeTables(0, PageTable.PageLimit, 0, PageTable.PageLimit, _payer);
        table.TablePages.ShouldBe(0);
        table.Destroy(_payer);
        objects.CountOf(KernelObject.PageTable).ShouldBe(0);
    }

    [Fact]
    public void AnEntryKnowsItsPageAndItsAddressSpace()
    {
        (PageTable table, _) = Make(Frames);
        foreach (ulong page in new ulong[] { 0, 1, 511, 512, 0x12345, PageTable.PageLimit - 1 })
        {
            ulong* entry = table.Make(page, _payer);
            LeafTables.PageOf(entry).Value.ShouldBe(page);
            LeafTables.HeaderOf(entry).AddressSpace.ShouldBe(7);
        }
    }

    [Fact]
    public void NothingIsFoundBeyondTheLimit()
    {
        (PageTable table, _) = Make(Frames);
        (table.Find(PageTable.PageLimit) == null).ShouldBeTrue();
        (table.FindHuge(ulong.MaxValue) == null).ShouldBeTrue();
    }

    [Fact]
    public void AHugeEntryTakesNoLeafAndIsNoBasePage()
    {
        (PageTable table, _) = Make(Frames);
        ulong* entry = table.MakeHuge(1024, _payer);
        table.SetHuge(1024, entry, PageTableEntry.OfFrame(new FrameNumber(512), PageTableEntry.Huge));
        table.TablePages.ShouldBe(2);
        (table.FindHuge(1024 + 511) == entry).ShouldBeTrue();
        (table.FindHuge(1024 + 512) == null).ShouldBeTrue();
        (table.Find(1024) == null).ShouldBeTrue();
        ulong page = 0;
        (table.NextUsed(ref page, 4096) == null).ShouldBeTrue();
        table.FreeTables(0, 4096, 0, PageTable.PageLimit, _payer);
        table.TablePages.ShouldBe(2, "a middle table that holds a huge entry stays");
        table.SetHuge(1024, entry, 0);
        table.FreeTables(0, 4096, 0, PageTable.PageLimit, _payer);
        table.TablePages.ShouldBe(0);
    }

    [Fact]
    public void NoHugeEntryIsMadeOverBasePages()
    {
        (PageTable table, _) = Make(Frames);
        PageTable.Set(table.Make(1030, _payer), PageTableEntry.OfFrame(new FrameNumber(3), 0));
        (table.MakeHuge(1024, _payer) == null).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OutOfFramesIsNullAndLeaksNothing(int frames)
    {
        var allocator = new PageAllocator(new FrameArray<Frame>(frames));
        var objects = new KernelObjects(allocator);
        PageTable? table = PageTable.TryCreate(7, _leaves, objects, _payer);
        (table is null).ShouldBe(frames == 0);
        if (table is null) return;
        (table.Make(99, _payer) == null).ShouldBeTrue();
        (table.Find(99) == null).ShouldBeTrue();
        objects.CountOf(KernelObject.PageTable).ShouldBe(1 + table.TablePages);
        table.FreeTables(99, 100, 0, PageTable.PageLimit, _payer);
        table.TablePages.ShouldBe(0);
        table.Destroy(_payer);
        allocator.FreeFrames.ShouldBe(frames);
    }

    [Fact]
    public void ARootWithTablesBelowItIsNotDestroyed()
    {
        (PageTable table, _) = Make(Frames);
        table.Make(0, _payer);
        Should.Throw<InvalidOperationException>(() => table.Destroy(_payer));
    }

    private void Follow(int regions, ulong seed)
    {
        (PageTable table, KernelObjects objects) = Make(Frames);
        var model = new SortedDictionary<ulong, ulong>();
        var random = new RandomStream(seed);
        for (int step = 0; step < 300; step++)
        {
            // Clusters of three leaves at the start of some regions, the regions under one or several upper tables.
            ulong page = random.Below((ulong)regions) * (1UL << 18) * 200 + random.Below(3 * 512);
            if (random.Below(3) > 0)
            {
                ulong value = PageTableEntry.OfFrame(new FrameNumber(step), 0);
                PageTable.Set(table.Make(page, _payer), value);
                model[page] = value;
            }
            else
            {
                ulong end = page + 1 + random.Below(700);
                foreach (ulong gone in model.Keys.Where(key => key >= page && key < end).ToArray())
                {
                    PageTable.Set(table.Find(gone), 0);
                    model.Remove(gone);
                }
                table.FreeTables(page, end, 0, PageTable.PageLimit, _payer);
            }
            if (step % 20 == 0) Compare(table, model);
        }
        Compare(table, model);
        table.FreeTables(0, PageTable.PageLimit, 0, PageTable.PageLimit, _payer);
        Compare(table, model);
        table.TablePages.ShouldBe(TablesOf(model.Keys));
        objects.CountOf(KernelObject.PageTable).ShouldBe(1 + table.TablePages);
        foreach (ulong page in model.Keys) PageTable.Set(table.Find(page), 0);
        table.FreeTables(0, PageTable.PageLimit, 0, PageTable.PageLimit, _payer);
        table.Destroy(_payer);
        objects.CountOf(KernelObject.PageTable).ShouldBe(0);
    }

    private static void Compare(PageTable table, SortedDictionary<ulong, ulong> model)
    {
        var found = new List<KeyValuePair<ulong, ulong>>();
        ulong page = 0;
        for (ulong* entry = table.NextUsed(ref page, PageTable.PageLimit); entry != null; entry = table.NextUsed(ref page, PageTable.PageLimit))
        {
            (table.Find(page) == entry).ShouldBeTrue();
            found.Add(KeyValuePair.Create(page++, *entry));
        }
        found.SequenceEqual(model).ShouldBeTrue();
    }

    private static int TablesOf(IEnumerable<ulong> pages) => new[] { 9, 18, 27 }.Sum(shift => pages.Select(page => page >> shift).Distinct().Count());

    private void AssertMade(PageTable table, ulong page, int tablePages)
    {
        (table.Make(page, _payer) != null).ShouldBeTrue();
        table.TablePages.ShouldBe(tablePages, $"page {page:x}");
    }

    private (PageTable Table, KernelObjects Objects) Make(int frames)
    {
        var objects = new KernelObjects(new PageAllocator(new FrameArray<Frame>(frames)));
        return (PageTable.TryCreate(7, _leaves, objects, _payer)!, objects);
    }
}
