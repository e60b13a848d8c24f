using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Memory broken up on purpose, and compaction that mends it: does the index come out as asked, and does a block come together?</summary>
public sealed class CompactionTests
{
    private const int Frames = 64 << 10;
    private readonly CounterSet _counters = new();
    private readonly CountingPayer _payer = new();

    [Theory]
    [InlineData(9, 0.0)]
    [InlineData(9, 0.5)]
    [InlineData(9, 0.9)]
    [InlineData(9, 1.0)]
    [InlineData(4, 0.7)]
    public void TheUnusableShareOfFreeMemoryIsTheOneThatWasAskedFor(int order, double index)
    {
        PageAllocator pages = Make();
        var fragmentation = new Fragmentation(pages, new FragmentationSpec(order, index, IsMovable: false), seed: 4);
        long[] free = FreeBlocks(pages);
        // One block more or less in each zone, of the 128 and less that the zones have.
        FreeSpace.UnusableIndex(free, order).ShouldBe(index, index is 0 or 1 ? 1e-9 : 0.02);
        FragmentationIndex.Unusable(free, order).ShouldBe((int)(FreeSpace.UnusableIndex(free, order) * 1000));
        fragmentation.Release(pages);
        pages.DrainCpuLists();
        pages.CheckInvariants();
        FreeBlocks(pages)[BuddyAllocator.MaximumOrder].ShouldBe(Frames >> BuddyAllocator.MaximumOrder);
    }

    [Fact]
    public void WhatCanBeMovedIsMovedAsideForALargeBlock()
    {
        PageAllocator pages = Make();
        pages.Mover = new Mover(pages);
        _ = new Fragmentation(pages, new FragmentationSpec(9, 1, IsMovable: true), seed: 4);
        FreeBlocks(pages)[9].ShouldBe(0);
        pages.TryAllocate(9, FrameKind.Anonymous, AllocationFlags.User, _payer, out _).ShouldBeFalse();
        pages.TryAllocate(9, FrameKind.Anonymous, AllocationFlags.HugePage, _payer, out FrameNumber block).ShouldBeTrue();
        (block.Value % 512).ShouldBe(0);
        _counters[Counter.CompactSuccess].ShouldBe(1);
        // Every page block has one page in the way, so that one move makes the block.
        _counters[Counter.PgmigrateSuccess].ShouldBe(1);
        _payer.Of(Cost.PageMigrate).ShouldBe(1);
        pages.CheckInvariants();
    }

    [Fact]
    public void CompactionGoesOnUntilMovablePagesFillOneEndOfTheZone()
    {
        PageAllocator pages = Make();
        pages.Mover = new Mover(pages);
        var fragmentation = new Fragmentation(pages, new FragmentationSpec(5, 1, IsMovable: true), seed: 4);
        int most = (Frames - fragmentation.Count - 2000) / 512, got = 0;
        while (got < most && pages.TryAllocate(9, FrameKind.Anonymous, AllocationFlags.HugePage, _payer, out _)) got++;
        pages.CheckInvariants();
        pages.AllocatedFrames.ShouldBe(got * 512L + fragmentation.Count);
        // A frame in 32 lies in the way. All but the page blocks that those need, and the reserves, can be had.
        got.ShouldBeGreaterThan(Frames / 512 * 8 / 10);
    }

    [Fact]
    public void WhatCannotBeMovedStaysAndTheAttemptsGrowRare()
    {
        PageAllocator pages = Make();
        pages.Mover = new Mover(pages);
        _ = new Fragmentation(pages, new FragmentationSpec(9, 1, IsMovable: false), seed: 4);
        for (int i = 0; i < 100; i++) pages.TryAllocate(9, FrameKind.Anonymous, AllocationFlags.HugePage, _payer, out _).ShouldBeFalse();
        _counters[Counter.CompactSuccess].ShouldBe(0);
        // In each of two zones: the 1st, 3rd (after 2), 7th (4), 15th (8), 31st (16) and 63rd (32) attempt compact, or close to that.
        _counters[Counter.CompactFail].ShouldBeInRange(8, 16);
    }

    [Fact]
    public void WhereMemoryIsShortRatherThanBrokenUpCompactionIsNotTried()
    {
        // Ten free blocks of 4 frames: a request for 512 fails for want of memory. 1 - (1 + 40 / 512) / 10 is 0.892; of one block, 0.
        FragmentationIndex.Of([0, 0, 10], 9).ShouldBe(893);
        FragmentationIndex.Of([0, 0, 0, 0, 0, 0, 0, 0, 1], 9).ShouldBe(-500);
        FragmentationIndex.Of([4, 0, 1], 2).ShouldBe(FragmentationIndex.WouldSucceed);
        FragmentationIndex.Of([0, 0], 9).ShouldBe(0);
        (1000 * FreeSpace.FragmentationIndex([0, 0, 10], 9)!.Value).ShouldBe(893, 1);
    }

    private PageAllocator Make() => new(new FrameArray<Frame>(Frames), new MemorySpec(), null, _counters);

    private static long[] FreeBlocks(PageAllocator pages) => [.. Enumerable.Range(0, BuddyAllocator.MaximumOrder + 1)
        .Select(order => pages.PopulatedZones.Sum(zone => ((BuddyAllocator)zone.Allocator).FreeBlocks(order)))];

    /// <summary>Moves what nobody maps.</summary>
    private sealed class Mover(PageAllocator pages) : IPageMover
    {
        public bool TryMove(FrameNumber from, FrameNumber to, ICharge payer)
        {
            pages.Frames[to.Value] = pages.Frames[from.Value];
            return true;
        }
    }
}
