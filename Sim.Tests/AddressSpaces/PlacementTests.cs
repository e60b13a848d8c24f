using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>Every placement of the catalogue: the place is free, aligned as asked, and leaves stacks their gap; and what distinguishes each.</summary>
public sealed class PlacementTests
{
    public static TheoryData<string> Placements => new([.. BuiltIn.Policies.At("placement").Select(entry => entry.Name), "aslr(per-mapping=true)", "aslr(bits=4)"]);

    [Theory]
    [MemberData(nameof(Placements))]
    public void APlaceIsFreeAlignedAndLeavesStacksTheirGap(string placement) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(20),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Follow(placement, (ulong)seed)));

    [Fact]
    public void EachFillsTheSameHolesInItsOwnOrder()
    {
        // Below the mmap base, in pages: a hole of 6, ten mapped, a hole of 3, ten mapped, a hole of 4, ten mapped up to the base.
        Dictionary<string, string> expected = new()
        {
            ["top-down"] = "-14 -26 -43",
            ["best-fit"] = "-27 -14 -43",
        };
        foreach (var (placement, places) in expected)
        {
            CallsUnderTest space = New(placement, 1);
            ulong mapBase = Mm.DefaultMmapBase;
            foreach (ulong below in new ulong[] { 10, 24, 37, 50 }) space.MapAt(mapBase - below, below == 50 ? 7UL : 10UL, Protection.Read).ShouldBeGreaterThan(0);
            string found = string.Join(' ', new ulong[] { placement == "best-fit" ? 3UL : 4UL, placement == "best-fit" ? 4UL : 2UL, 6 }
                .Select(pages => space.Map(pages) - (long)mapBase));
            found.ShouldBe(places, placement);
        }
    }

    [Fact]
    public void BottomUpAndNextFitDifferAfterAHoleOpensBelow()
    {
        foreach ((string placement, long third) in new[] { ("bottom-up", 0L), ("next-fit", 8L) })
        {
            CallsUnderTest space = New(placement, 1);
            ulong low = (ulong)space.Map(4);
            low.ShouldBe(AddressSpaceLayout.UnmappedBase, placement);
            space.Map(4, Protection.Read).ShouldBe((long)low + 4, placement);
            space.Unmap(low, 4).ShouldBe(0);
            space.Map(4).ShouldBe((long)low + third, placement);
        }
    }

    [Fact]
    public void AslrDrawsAnotherBaseForEachSeed()
    {
        long[] first = [.. Enumerable.Range(0, 8).Select(seed => New("aslr", (ulong)seed).Map(1))];
        first.Distinct().Count().ShouldBe(8);
        New("aslr", 3).Map(1).ShouldBe(first[3]);
        CallsUnderTest space = New("aslr(per-mapping=true)", 3);
        long[] places = [.. Enumerable.Range(0, 8).Select(_ => space.Map(1))];
        places.Distinct().Count().ShouldBe(8);
        places.Zip(places.Skip(1)).ShouldAllBe(pair => pair.First - pair.Second != 1);
    }

    private static void Follow(string placement, ulong seed)
    {
        CallsUnderTest space = New(placement, seed);
        var random = new RandomStream(seed);
        for (int step = 0; step < 60; step++)
        {
            Vma[] mapped = [.. space.Mm.Vmas.All()];
            if (mapped.Length > 0 && random.Below(3) == 0)
            {
                Vma gone = mapped[random.Below((ulong)mapped.Length)];
                space.Unmap(gone.Start, gone.Pages).ShouldBe(0);
                continue;
            }
            ulong pages = 1 + random.Below(600), alignment = random.Below(4) == 0 ? AddressSpaceLayout.HugePages : 1;
            ulong hint = random.Below(4) == 0 ? Mm.DefaultMmapBase - random.Below(5_000) : 0;
            space.Mm.Placement.TryPlace(space.Mm, new PlacementRequest(pages, alignment, null, 0, random.Below(2) == 0, hint), out ulong page).ShouldBeTrue();
            (page % alignment).ShouldBe(0UL);
            page.ShouldBeInRange(AddressSpaceLayout.LowestPage, AddressSpaceLayout.TaskEnd - pages);
            foreach (Vma vma in mapped) (vma.End <= page || vma.Start >= page + pages).ShouldBeTrue($"[{page:x},+{pages}) against {vma.Start:x}");
            // Only the mapping directly above asks for its gap, as in Linux: one that lies in a stack's gap already does not keep others out.
            if (mapped.FirstOrDefault(vma => vma.Start >= page) is { } above) AddressSpaceLayout.StartWithGap(above).ShouldBeGreaterThanOrEqualTo(page + pages);
            space.MapAt(page, pages, Protection.ReadWrite, random.Below(5) == 0 ? MapFlags.GrowsDown : 0).ShouldBe((long)page);
        }
    }

    private static CallsUnderTest New(string placement, ulong seed) => new(policies: BuiltIn.AddressSpaces with
    {
        Placement = PolicyChoice.Parse(BuiltIn.Policies, "placement", placement),
        Seed = seed,
    });
}
