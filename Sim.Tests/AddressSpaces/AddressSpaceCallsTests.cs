using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>mmap, munmap and brk by worked examples. Is the right thing mapped, and is everything given back?</summary>
public sealed class AddressSpaceCallsTests
{
    private const int Frames = 32 * 1024;

    [Fact]
    public void AHoleInTheMiddleSplitsAndFillingItJoinsAgain()
    {
        var space = new CallsUnderTest(Frames);
        ulong start = (ulong)space.Map(10);
        start.ShouldBe(Mm.DefaultMmapBase - 10);
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
        space.Break(Mm.DefaultHeapStart + 4).ShouldBe((long)Mm.DefaultHeapStart + 4);
        space.Break(Mm.DefaultHeapStart + 9).ShouldBe((long)Mm.DefaultHeapStart + 9);
        space.MapsFrom(Mm.DefaultHeapStart).ShouldBe("[0,9)rw");
        space.Break(Mm.DefaultHeapStart + 2).ShouldBe((long)Mm.DefaultHeapStart + 2);
        space.MapsFrom(Mm.DefaultHeapStart).ShouldBe("[0,2)rw");
        space.Break(Mm.DefaultHeapStart - 1).ShouldBe((long)Mm.DefaultHeapStart + 2);
        ulong above = (ulong)space.Map(1);
        space.Break(above).ShouldBe((long)Mm.DefaultHeapStart + 2, "a page stays free between heap and mapping");
        space.Break(Mm.DefaultHeapStart).ShouldBe((long)Mm.DefaultHeapStart);
        space.Mm.TotalPages.ShouldBe(1UL);
        space.EndAndCheckThatNothingIsLeft();
    }

    [Fact]
    public void TheHeapDoesNotGrowOutOfTheAddressSpace()
    {
        var space = new CallsUnderTest(Frames);
        space.Break(PageTable.PageLimit + 1).ShouldBe((long)Mm.DefaultHeapStart);
        space.Mm.Vmas.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(0UL, PageTable.PageLimit + 1)]
    [InlineData(1UL << 51, 2UL)]
    public void AnImpossibleRangeIsInvalid(ulong first, ulong pages) => new CallsUnderTest(Frames).Unmap(first, pages).ShouldBe(-(long)SystemError.EINVAL);

    [Fact]
    public void NoRoomAndNoMemoryChangeNothing()
    {
        var space = new CallsUnderTest(1);
        space.Map(0).ShouldBe(-(long)SystemError.EINVAL);
        space.Map(PageTable.PageLimit).ShouldBe(-(long)SystemError.ENOMEM);
        space.Map(1).ShouldBe(-(long)SystemError.ENOMEM, "the only frame holds the root of the page table");
        space.Break(Mm.DefaultHeapStart + 1).ShouldBe((long)Mm.DefaultHeapStart);
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
}
