using System;
using System.Linq;
using System.Numerics;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public void UniformSizesUseTheBuddiesAsEnumerated(int order)
    {
        int largest = 1 << order;
        double asked = Enumerable.Range(1, largest).Sum(size => (double)size);
        double given = Enumerable.Range(1, largest).Sum(size => (double)BitOperations.RoundUpToPowerOf2((uint)size));

        BuddyUtilisation.Uniform(order).ShouldBe(asked / given, 1e-14);
        BuddyUtilisation.Of([.. Enumerable.Repeat(1.0, largest)]).ShouldBe(asked / given, 1e-14);
    }

    [Fact]
    public void BuddyUtilisationHasItsLimits()
    {
        BuddyUtilisation.Uniform(30).ShouldBe(0.75, 1e-8);
        BuddyUtilisation.LogUniform.ShouldBe(0.7213, 5e-5);
        BuddyUtilisation.Of([.. Enumerable.Range(1, 1 << 16).Select(size => 1.0 / size)]).ShouldBe(BuddyUtilisation.LogUniform, 1e-4);
    }

    /// <summary>Orders 0 1 2 hold 4, 2 and 1 free blocks: 12 pages, of which order 2 can use 4 and order 3 none.</summary>
    [Fact]
    public void FreePagesOfTooLowAnOrderAreUnusable()
    {
        long[] free = [4, 2, 1];

        FreeSpace.Pages(free).ShouldBe(12);
        FreeSpace.UnusableIndex(free, 0).ShouldBe(0);
        FreeSpace.UnusableIndex(free, 2).ShouldBe(8 / 12.0, 1e-15);
        FreeSpace.UnusableIndex(free, 3).ShouldBe(1);
        FreeSpace.UnusableIndex([0, 0], 1).ShouldBe(0);
    }

    /// <summary>12 pages in 7 blocks, order 3: 1 - (1 + 12/8) / 7. A thousand single pages: nearly all fragmentation.</summary>
    [Fact]
    public void TheFragmentationIndexTellsWhyARequestFails()
    {
        FreeSpace.FragmentationIndex([4, 2, 1], 3)!.Value.ShouldBe(1 - 2.5 / 7, 1e-15);
        FreeSpace.FragmentationIndex([1000], 9)!.Value.ShouldBeGreaterThan(0.99);
        FreeSpace.FragmentationIndex([1], 9)!.Value.ShouldBeLessThan(0.01);
        FreeSpace.FragmentationIndex([4, 2, 1], 2).ShouldBeNull();
        FreeSpace.FragmentationIndex([0, 0, 0], 2).ShouldBe(0);
    }
}
