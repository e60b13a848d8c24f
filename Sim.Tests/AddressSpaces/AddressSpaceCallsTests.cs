using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>mmap, munmap and brk against an array of page attributes, and by worked examples. Are the same pages mapped, and is everything given back?</summary>
public sealed class AddressSpaceCallsTests
{
    private const int Frames = 32 * 1024;

    [Fact]
    public void AnySeriesOfCallsMapsWhatAnArrayOfPagesSays()
    {
        Gen<(int HugePercent, int Spread, ulong Seed)> series =
            from hugePercent in Gen.Elements(0, 0, 15)
            from spread in Gen.Elements(3, 12, 40)
            from seed in Gen.Choose(0, int.MaxValue)
            select (hugePercent, spread, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(80), Prop.ForAll(series.ToArbitrary(), drawn => Follow(drawn.HugePercent, drawn.Spread, drawn.Seed)));
    }

    [Fact]
    public void AHoleInTheMiddleSplitsAndFillingItJoinsAgain()
    {
        var space = new CallsUnderTest(Frames);
        ulong start = (ulong)space.Map(10);
        start.ShouldBe(Mm.MmapBase - 10);
        space.MapsFrom(start).ShouldBe("[0,10)rw");
        space.Unmap(start + 4, 2).ShouldBe(0);
        space.MapsFrom(start).ShouldBe("[0,4)rw [6,10)rw");
        space.Counters[Counter.VmaSplits].ShouldBe(2, "the range is cut off at both of its ends");
        space.Objects.CountOf(KernelObject.VmArea).ShouldBe(2);
        space.Map(1).ShouldBe((long)start + 5);
        space.MapsFrom(start).ShouldBe("[0,4)rw [5,10)rw");
        space.Map(1).ShouldBe((long)start + 4);
        space.MapsFrom(start).ShouldBe("[0,10)rw");
        space.Counters[Counter.VmaMerges].ShouldBe(2);
        space.Objects.CountOf(KernelObject.VmArea).ShouldBe(1);
        space.EndAndCheckThatNothingIsLeft();
    }

    [Fact]
    public void UnlikeNeighboursStayApart()
    {
        var space = new CallsUnderTest(Frames);
        space.Map(2);
        space.Map(2, Protection.Read);
        ulong start = (ulong)space.Map(2);
        space.MapsFrom(start).ShouldBe("[0,2)rw [2,4)r [4,6)rw");
        space.EndAndCheckThatNothingIsLeft();
    }

    [Fact]
    public void TwoTouchedMappingsThatJoinKeepOneAnonVma()
    {
        var space = new CallsUnderTest(Frames);
        ulong start = (ulong)space.Map(3);
        for (ulong page = start; page < start + 3; page++) space.Touch(page, how: 9);
        space.Unmap(start + 1, 1);
        space.Objects.CountOf(KernelObject.AnonVma).ShouldBe(1, "both pieces keep the one they had");
        space.Objects.CountOf(KernelObject.AnonVmaChain).ShouldBe(2);
        space.Map(1);
        space.Objects.CountOf(KernelObject.AnonVma).ShouldBe(1);
        space.Objects.CountOf(KernelObject.AnonVmaChain).ShouldBe(1);
        space.EndAndCheckThatNothingIsLeft();
    }

    [Fact]
    public void OnlyWhatWasTranslatedIsFlushed()
    {
        var space = new CallsUnderTest(Frames);
        ulong start = (ulong)space.Map(8);
        space.Touch(start, how: 9);
        space.Touch(start + 1, how: 0);
        space.Unmap(start + 1, 7);
        space.Flushes.ShouldBe(0, "a page in swap has no translation");
        space.Unmap(start, 1);
        space.Flushes.ShouldBe(1);
        space.EndAndCheckThatNothingIsLeft();
    }

    [Fact]
    public void TheHeapGrowsShrinksAndStopsAtAMapping()
    {
        var space = new CallsUnderTest(Frames);
        space.Break(Mm.HeapStart + 4).ShouldBe((long)Mm.HeapStart + 4);
        space.Break(Mm.HeapStart + 9).ShouldBe((long)Mm.HeapStart + 9);
        space.MapsFrom(Mm.HeapStart).ShouldBe("[0,9)rw");
        space.Break(Mm.HeapStart + 2).ShouldBe((long)Mm.HeapStart + 2);
        space.MapsFrom(Mm.HeapStart).ShouldBe("[0,2)rw");
        space.Break(Mm.HeapStart - 1).ShouldBe((long)Mm.HeapStart + 2);
        space.Map(1);
        space.Break(Mm.MmapBase).ShouldBe((long)Mm.HeapStart + 2);
        space.Break(Mm.HeapStart).ShouldBe((long)Mm.HeapStart);
        space.Mm.TotalPages.ShouldBe(1UL);
        space.EndAndCheckThatNothingIsLeft();
    }

    [Fact]
    public void TheHeapDoesNotGrowOutOfTheAddressSpace()
    {
        var space = new CallsUnderTest(Frames);
        space.Break(PageTable.PageLimit + 1).ShouldBe((long)Mm.HeapStart);
        space.Mm.Vmas.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(0UL, PageTable.PageLimit + 1)]
    [InlineData(ulong.MaxValue, 2UL)]
    public void AnImpossibleRangeIsInvalid(ulong first, ulong pages) => new CallsUnderTest(Frames).Unmap(first, pages).ShouldBe(-(long)SystemError.EINVAL);

    [Fact]
    public void NoRoomAndNoMemoryChangeNothing()
    {
        var space = new CallsUnderTest(1);
        space.Map(0).ShouldBe(-(long)SystemError.EINVAL);
        space.Map(PageTable.PageLimit).ShouldBe(-(long)SystemError.ENOMEM);
        space.Map(1).ShouldBe(-(long)SystemError.ENOMEM, "the only frame holds the root of the page table");
        space.Break(Mm.HeapStart + 1).ShouldBe((long)Mm.HeapStart);
        (space.Mm.Vmas.Count, space.Mm.TotalPages).ShouldBe((0, 0UL));
        space.EndAndCheckThatNothingIsLeft();
    }

    [Fact]
    public void AHugePageIsNotCut()
    {
        var space = new CallsUnderTest(Frames);
        ulong start = (ulong)space.Map(1000, size: PageSize.Huge);
        (start % 512).ShouldBe(0UL);
        space.Mm.TotalPages.ShouldBe(1024UL);
        space.Touch(start, how: 9);
        space.Unmap(start, 100).ShouldBe(-(long)SystemError.EINVAL);
        space.Unmap(start + 100, 924).ShouldBe(-(long)SystemError.EINVAL);
        space.IsTouched(start).ShouldBeTrue();
        space.Unmap(start, 512).ShouldBe(0);
        space.Mm.HugeMappings.ShouldBe(1);
        space.Mm.ResidentPages.ShouldBe(0);
        space.EndAndCheckThatNothingIsLeft();
    }

    private static void Follow(int hugePercent, int spread, ulong seed)
    {
        var space = new CallsUnderTest(Frames);
        var model = new PageAttributes();
        var random = new RandomStream(seed);
        for (int step = 0; step < 120; step++)
        {
            ulong length = 1 + random.Below((ulong)spread);
            ulong[] mapped = model.Mapped;
            ulong some = mapped.Length == 0 ? Mm.MmapBase - 20 : mapped[random.Below((ulong)mapped.Length)];
            switch (random.Below(10))
            {
                case < 3:
                    PageSize size = random.Below(100) < (ulong)hugePercent ? PageSize.Huge : PageSize.Base;
                    Protection protection = random.Below(3) == 0 ? Protection.Read : Protection.ReadWrite;
                    space.Map(length, protection, size).ShouldBe((long)model.Map(length, protection, size));
                    break;
                case < 5:
                    ulong first = some - random.Below(3);
                    ulong pages = random.Below(6) == 0 ? 512 : length;
                    if (pages == 512) first &= ~511UL;
                    space.Unmap(first, pages).ShouldBe(model.Unmap(first, pages) ? 0 : -(long)SystemError.EINVAL);
                    break;
                case 5:
                    ulong end = Mm.HeapStart + random.Below(4 * (ulong)spread);
                    space.Break(end).ShouldBe((long)model.Break(end));
                    break;
                default:
                    if (mapped.Length == 0) break;
                    space.Touch(some, (int)random.Below(6));
                    model.Touch(some);
                    break;
            }
            Compare(space, model);
        }
        foreach (ulong page in model.Mapped) space.IsTouched(page).ShouldBe(model.Touched.Contains(page));
        space.EndAndCheckThatNothingIsLeft();
    }

    private static void Compare(CallsUnderTest space, PageAttributes model)
    {
        space.Mm.Vmas.CheckInvariants();
        var joined = new List<(ulong Start, ulong End, Protection Protection, PageSize Size)>();
        foreach (Vma vma in space.Mm.Vmas.All())
        {
            bool continues = joined.Count > 0 && joined[^1].End == vma.Start && (joined[^1].Protection, joined[^1].Size) == (vma.Protection, vma.PageSize);
            if (continues) joined[^1] = joined[^1] with { End = vma.End };
            else joined.Add((vma.Start, vma.End, vma.Protection, vma.PageSize));
        }
        joined.ShouldBe(model.Runs(), "mappings of pages of different origin may stay apart, but say the same of every page");
        space.Mm.TotalPages.ShouldBe((ulong)model.Count);
        space.Mm.HeapEnd.ShouldBe(model.HeapEnd);
        space.Mm.HugeMappings.ShouldBe(space.Mm.Vmas.All().Count(vma => vma.PageSize != PageSize.Base));
        space.Objects.CountOf(KernelObject.VmArea).ShouldBe(space.Mm.Vmas.Count);
        space.Objects.CountOf(KernelObject.AnonVma).ShouldBe(space.Mm.Vmas.All().Select(vma => vma.AnonVma).OfType<AnonVma>().Distinct().Count());
        space.Objects.CountOf(KernelObject.AnonVmaChain).ShouldBe(space.Mm.Vmas.All().Sum(vma => vma.AnonVmaLinks.Count));
    }
}
