using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Tests.Physical;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>Every index of the catalogue against a sorted list.</summary>
public sealed class VmaIndexTests
{
    public static TheoryData<string> Indexes => new(BuiltIn.Policies.At("vma-index").Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Indexes))]
    public void AnySeriesOfChangesLeavesWhatASortedListHolds(string index)
    {
        Gen<(int Pages, int RemovePercent, ulong Seed)> series =
            from pages in Gen.Elements(20, 200, 2000)
            from removePercent in Gen.Elements(20, 45, 60)
            from seed in Gen.Choose(0, int.MaxValue)
            select (pages, removePercent, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(series.ToArbitrary(),
            drawn => Follow(New(index), drawn.Pages, drawn.RemovePercent, steps: 200, drawn.Seed)));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void ThousandsOfMappingsComeAndGo(string index)
    {
        VmaList list = New(index);
        Follow(list, pages: 12_000, removePercent: 10, steps: 3_000, seed: 4, checkEvery: 100);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void NodesTakeKernelMemoryAndGiveItBack(string index)
    {
        var allocator = new PageAllocator(new FrameArray<Frame>(1 << 12));
        var objects = new KernelObjects(allocator);
        var counters = new CounterSet();
        var payer = new CountingPayer();
        VmaList list = New(index, objects);
        for (ulong page = 1; page <= 400; page++) list.Insert(Make(3 * page, 3 * page + 1));
        VmaIndexWork work = list.Charge(payer, counters);
        work.ShouldBe(list.Index.Work);
        if (list.Index.NodeKind is { } kind) objects.CountOf(kind).ShouldBe(work.NodeAllocations - work.NodeFrees);
        (payer.Of(Cost.VmaCompare), payer.Of(Cost.VmaNodeVisit), payer.Of(Cost.VmaEntryMove)).ShouldBe((work.Comparisons, work.NodeVisits, work.EntryMoves));
        (counters[Counter.VmaIndexComparisons], counters[Counter.VmaIndexVisits]).ShouldBe((work.Comparisons, work.NodeVisits));
        list.Charge(payer, counters).ShouldBe(default);
        while (list.Last is { } vma) list.Remove(vma);
        list.Charge(payer, counters);
        if (list.Index.NodeKind is { } nodes) objects.CountOf(nodes).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void MemoryThatIsWantingForANodeIsAskedForAgain(string index)
    {
        var allocator = new PageAllocator(new FrameArray<Frame>(1 << 12));
        var objects = new KernelObjects(allocator);
        var taken = new List<FrameNumber>();
        while (allocator.TryAllocate(0, FrameKind.Slab, AllocationFlags.Kernel | AllocationFlags.Reserves, null, out FrameNumber frame)) taken.Add(frame);
        VmaList list = New(index, objects);
        for (ulong page = 1; page <= 400; page++) list.Insert(Make(3 * page, 3 * page + 1));
        list.Charge(new CountingPayer(), new CounterSet());
        foreach (FrameNumber frame in taken) allocator.Free(frame, 0);
        list.Find(7);
        VmaIndexWork all = list.Index.Work;
        list.Charge(new CountingPayer(), new CounterSet());
        if (list.Index.NodeKind is { } kind) objects.CountOf(kind).ShouldBe(all.NodeAllocations - all.NodeFrees);
        while (list.Last is { } vma) list.Remove(vma);
        list.Charge(new CountingPayer(), new CounterSet());
        if (list.Index.NodeKind is { } nodes) objects.CountOf(nodes).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void FindGivesTheMappingOfAPageOrTheNextAbove(string index)
    {
        // 0 1 2 3 4 5 6 7 8 9
        //     A A A     B C
        VmaList list = New(index);
        (Vma a, Vma b, Vma c) = (Make(2, 5), Make(7, 8), Make(8, 9));
        foreach (Vma vma in new[] { b, c, a }) list.Insert(vma);
        Vma?[] expected = [a, a, a, a, a, b, b, b, c, null];
        for (int page = 0; page < expected.Length; page++) list.Find((ulong)page).ShouldBeSameAs(expected[page], $"page {page}");
        (list.First, list.Last).ShouldBe((a, c));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void AscendingAndDescendingInsertionsKeepTheIndexWhole(string index)
    {
        VmaList list = New(index);
        for (ulong page = 0; page < 1000; page++) list.Insert(Make(10_000 + 2 * page, 10_001 + 2 * page));
        for (ulong page = 1000; page > 0; page--) list.Insert(Make(2 * page, 2 * page + 1));
        list.CheckInvariants();
        list.Count.ShouldBe(2000);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void AnOverlapIsRefused(string index)
    {
        foreach (var (start, end) in new[] { (10UL, 20UL), (5UL, 11UL), (19UL, 25UL), (12UL, 13UL), (5UL, 25UL) })
        {
            VmaList list = New(index);
            list.Insert(Make(10, 20));
            Should.Throw<InvalidOperationException>(() => list.Insert(Make(start, end)));
            list.CheckInvariants();
            list.Count.ShouldBe(1);
        }
    }

    private static void Follow(VmaList list, int pages, int removePercent, int steps, ulong seed, int checkEvery = 1)
    {
        var model = new List<Vma>();
        var random = new RandomStream(seed);
        for (int step = 0; step < steps; step++)
        {
            if (model.Count > 0 && random.Below(100) < (ulong)removePercent)
            {
                Vma gone = model[(int)random.Below((ulong)model.Count)];
                list.Remove(gone);
                model.Remove(gone);
            }
            else if (model.Count > 0 && random.Below(5) == 0)
            {
                Vma lower = model[(int)random.Below((ulong)model.Count)];
                if (lower.Next is not { } upper || upper.Start != lower.End || upper.End - lower.Start < 2) continue;
                list.MoveBoundary(lower, lower.Start + 1 + random.Below(upper.End - lower.Start - 1));
            }
            else if (model.Count > 0 && random.Below(4) == 0)
            {
                int at = (int)random.Below((ulong)model.Count);
                ulong low = at == 0 ? 0 : model[at - 1].End, high = at == model.Count - 1 ? (ulong)pages + 8 : model[at + 1].Start;
                ulong start = low + random.Below(high - low);
                list.Move(model[at], start, start + 1 + random.Below(high - start));
            }
            else
            {
                ulong start = random.Below((ulong)pages);
                Vma vma = Make(start, start + 1 + random.Below(6));
                if (model.Any(other => other.Start < vma.End && vma.Start < other.End)) continue;
                list.Insert(vma);
                model.Insert(model.Count(other => other.Start < start), vma);
            }
            if (step % checkEvery != 0) continue;
            list.CheckInvariants();
            list.Count.ShouldBe(model.Count);
            ulong page = random.Below((ulong)pages + 8);
            list.Find(page).ShouldBeSameAs(model.FirstOrDefault(vma => vma.End > page));
            ulong from = random.Below((ulong)pages), to = from + random.Below((ulong)pages), length = 1 + random.Below(8);
            CompareGaps(list, model, from, to, length);
        }
        list.All().SequenceEqual(model).ShouldBeTrue();
        (list.First, list.Last).ShouldBe((model.FirstOrDefault(), model.LastOrDefault()));
        foreach (Vma vma in model) list.Remove(vma);
        (list.First, list.Last, list.Count).ShouldBe((null, null, 0));
        list.CheckInvariants();
    }

    /// <summary>The gaps of a range, in order, and the first and the last of them that hold the length.</summary>
    private static void CompareGaps(VmaList list, List<Vma> model, ulong low, ulong high, ulong length)
    {
        ulong[] ends = [.. model.Select(vma => vma.End).Prepend(0UL).Select(end => Math.Max(end, low))];
        ulong[] starts = [.. model.Select(vma => vma.Start).Append(ulong.MaxValue).Select(start => Math.Min(start, high))];
        var gaps = ends.Zip(starts).Where(gap => gap.Second > gap.First && gap.Second - gap.First >= length).ToList();
        list.Index.TryFindLowestGap(low, high, length, out ulong lowest).ShouldBe(gaps.Count > 0);
        list.Index.TryFindHighestGap(low, high, length, out ulong highest).ShouldBe(gaps.Count > 0);
        if (gaps.Count > 0) (lowest, highest).ShouldBe((gaps[0].First, gaps[^1].Second - length));
    }

    private static VmaList New(string index, IKernelObjects? objects = null) => new(
        (IVmaIndex)PolicyChoice.Parse(BuiltIn.Policies, "vma-index", index).Create(new PolicyContext(0, 0, 0)),
        objects ?? new KernelObjects(new PageAllocator(new FrameArray<Frame>(0))));

    private static Vma Make(ulong start, ulong end) => new(start, end, VmaFlags.Read | VmaFlags.Write, null, start);
}
