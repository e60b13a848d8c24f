using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Zones, watermarks and the lists of CPUs around the free frames. Does a request get what its flags permit, from the zone that it should?</summary>
public sealed class PageAllocatorTests
{
    private const AllocationFlags All = AllocationFlags.Reserves;

    [Fact]
    public void AnySeriesOfRequestsIsServedAsABitmapSays()
    {
        Gen<(int Frames, int Cpus, int FreePercent, ulong Seed)> series =
            from frames in Gen.Elements(64, 1024, 5000, 12_000)
            from cpus in Gen.Elements(1, 3)
            from freePercent in Gen.Elements(30, 48)
            from seed in Gen.Choose(0, int.MaxValue)
            select (frames, cpus, freePercent, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(series.ToArbitrary(),
            drawn => Follow(drawn.Frames, drawn.Cpus, drawn.FreePercent, drawn.Seed)));
    }

    [Fact]
    public void HighMemoryGoesFirstAndLowMemoryIsProtected()
    {
        // 32 MiB: frames 0-4095 are DMA, 4096-8191 DMA32. DMA keeps 4096 / 256 = 16 frames from those who could have had DMA32, beside its min.
        PageAllocator allocator = Make(8192);
        Zone dma = allocator.PopulatedZones[0], dma32 = allocator.PopulatedZones[1];
        (dma.Kind, dma32.Kind).ShouldBe((ZoneKind.Dma, ZoneKind.Dma32));
        TakeAll(allocator, AllocationFlags.User, out int[] taken);
        taken[0].ShouldBeGreaterThanOrEqualTo(4096);
        dma32.FreeFrames.ShouldBe(dma32.Watermarks.Min);
        dma.FreeFrames.ShouldBe(dma.Watermarks.Min + 16);
    }

    [Fact]
    public void TheDeeperReservesAreForThoseWhoMayUseThem()
    {
        PageAllocator allocator = Make(4096);
        Zone zone = allocator.PopulatedZones.Single();
        long min = zone.Watermarks.Min;
        TakeAll(allocator, AllocationFlags.User, out _);
        zone.FreeFrames.ShouldBe(min);
        TakeAll(allocator, AllocationFlags.High, out _);
        zone.FreeFrames.ShouldBe(min - min / 2);
        TakeAll(allocator, AllocationFlags.Atomic, out _);
        zone.FreeFrames.ShouldBe(min - min / 2 - (min - min / 2) / 4);
        TakeAll(allocator, AllocationFlags.Reserves, out _);
        zone.FreeFrames.ShouldBe(0);
        allocator.FreeFrames.ShouldBe(0);
    }

    [Fact]
    public void ACpuTakesFramesByTheBatchAndGivesThemBackWhenItHasTooMany()
    {
        // A zone of 65,536 frames: a batch is 16 + 8 rounded down to a power of two, less one.
        PageAllocator allocator = Make(65_536 + 4096);
        Zone zone = allocator.PopulatedZones[1];
        zone.PageSet.Batch.ShouldBe(15);
        allocator.TryAllocate(0, FrameKind.Anonymous, out FrameNumber frame).ShouldBeTrue();
        zone.CountOf(0).ShouldBe(14);
        allocator.Free(frame, 0);
        zone.CountOf(0).ShouldBe(15);
        var held = new List<FrameNumber>();
        for (int i = 0; i < zone.PageSet.HighMinimum + 100; i++)
        {
            allocator.TryAllocate(0, FrameKind.Anonymous, out frame).ShouldBeTrue();
            held.Add(frame);
        }
        foreach (FrameNumber each in held) allocator.Free(each, 0);
        zone.CountOf(0).ShouldBeLessThan(zone.PageSet.HighMinimum);
        allocator.FreeFrames.ShouldBe(65_536 + 4096);
    }

    [Fact]
    public void WhatLiesOnCpuListsIsFoundBeforeARequestFails()
    {
        PageAllocator allocator = Make(64);
        TakeAll(allocator, All, out int[] taken);
        foreach (int frame in taken) allocator.Free(new FrameNumber(frame), 0);
        allocator.TryAllocate(5, FrameKind.Slab, All, null, out _).ShouldBeTrue();
    }

    [Fact]
    public void ABlockThatIsFreedTwiceOrWithAnotherOrderIsRefused()
    {
        PageAllocator allocator = Make(1024);
        allocator.TryAllocate(1, FrameKind.Slab, out FrameNumber pair).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => allocator.Free(pair, 0)).Message.ShouldContain("order 0");
        allocator.Free(pair, 1);
        Should.Throw<InvalidOperationException>(() => allocator.Free(pair, 1)).Message.ShouldContain("twice");
        allocator.FreeFrames.ShouldBe(1024);
    }

    [Fact]
    public void WhoMayWaitReclaimsBeforeItFailsAndALargeBlockOnlyOnce()
    {
        PageAllocator allocator = Make(4096);
        TakeAll(allocator, AllocationFlags.User, out int[] taken);
        var reclaim = new OneByOne(allocator, taken);
        allocator.DirectReclaim = reclaim;
        allocator.TryAllocate(0, FrameKind.Slab, AllocationFlags.User, new CountingPayer(), out _).ShouldBeFalse();
        reclaim.Calls.ShouldBe(0);
        allocator.TryAllocate(0, FrameKind.Slab, AllocationFlags.Kernel, new CountingPayer(), out _).ShouldBeTrue();
        reclaim.Calls.ShouldBe(1);
        allocator.TryAllocate(5, FrameKind.Slab, AllocationFlags.Kernel | AllocationFlags.NoRetry, new CountingPayer(), out _).ShouldBeFalse();
        reclaim.Calls.ShouldBe(1);
        allocator.TryAllocate(5, FrameKind.Slab, AllocationFlags.Kernel, new CountingPayer(), out _).ShouldBeTrue();
        reclaim.Calls.ShouldBe(2);
        allocator.CheckInvariants();
    }

    [Fact]
    public void ASmallMachineDoesNotGroupByType()
    {
        Make(2559).PageBlocks.Groups.ShouldBeFalse();
        Make(2560).PageBlocks.Groups.ShouldBeTrue();
    }

    [Fact]
    public void JustTheAllocationThatIsToFailFails()
    {
        var failure = new FailureInjection(2);
        var allocator = new PageAllocator(new FrameArray<Frame>(1024), new MemorySpec(), failure);
        bool[] outcomes = [.. Enumerable.Range(0, 5).Select(_ => allocator.TryAllocate(0, FrameKind.Slab, out FrameNumber _))];
        outcomes.ShouldBe([true, true, false, true, true]);
        failure.HasFailed.ShouldBeTrue();
    }

    private static void Follow(int frameCount, int cpus, int freePercent, ulong seed)
    {
        var allocator = new PageAllocator(new FrameArray<Frame>(frameCount), new MemorySpec { Cpus = cpus });
        var owned = new bool[frameCount];
        var blocks = new List<(int Start, int Order)>();
        var random = new RandomStream(seed);
        AllocationFlags[] flags = [AllocationFlags.User, AllocationFlags.Kernel, AllocationFlags.Reclaimable, AllocationFlags.Atomic, All];
        for (int step = 0; step < 800; step++)
        {
            int cpu = (int)random.Below((ulong)cpus);
            if (blocks.Count > 0 && random.Below(100) < (ulong)freePercent)
            {
                int index = (int)random.Below((ulong)blocks.Count);
                (int start, int order) = blocks[index];
                blocks[index] = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                allocator.Free(new FrameNumber(start), order, cpu);
                owned.AsSpan(start, 1 << order).Clear();
            }
            else
            {
                int order = random.Below(4) == 0 ? (int)random.Below(11) : 0;
                AllocationFlags asked = flags[random.Below((ulong)flags.Length)];
                if (!allocator.TryAllocate(order, FrameKind.Slab, asked, new CountingPayer { Cpu = cpu }, out FrameNumber frame)) continue;
                owned.AsSpan(frame.Value, 1 << order).Contains(true).ShouldBeFalse();
                owned.AsSpan(frame.Value, 1 << order).Fill(true);
                blocks.Add((frame.Value, order));
                if ((asked & (AllocationFlags.High | All)) == 0) KeepsWatermarks(allocator, frame);
            }
            if (step % 16 != 0) continue;
            allocator.CheckInvariants();
            allocator.FreeFrames.ShouldBe(owned.Count(isOwned => !isOwned));
        }
        foreach ((int start, int order) in blocks) allocator.Free(new FrameNumber(start), order);
        allocator.DrainCpuLists();
        allocator.CheckInvariants();
        foreach (Zone zone in allocator.PopulatedZones)
        {
            for (int order = 0; order < BuddyAllocator.MaximumOrder; order++)
                ((BuddyAllocator)zone.Allocator).FreeBlocks(order).ShouldBe(zone.Frames >> order & 1);
        }
    }

    /// <summary>Zones this small have batches of one frame, so that a refill goes no deeper than the request.</summary>
    private static void KeepsWatermarks(PageAllocator allocator, FrameNumber frame)
    {
        Zone zone = allocator.ZoneOf(frame.Value);
        zone.FreeFrames.ShouldBeGreaterThanOrEqualTo(zone.Watermarks.Min);
    }

    /// <summary>Gives back frames in the order in which they were taken.</summary>
    private sealed class OneByOne(PageAllocator allocator, int[] taken) : IDirectReclaim
    {
        private int _next;

        public int Calls { get; private set; }

        public int Reclaim(int frames, ICharge payer)
        {
            Calls++;
            for (int i = 0; i < frames; i++) allocator.Free(new FrameNumber(taken[_next++]), 0);
            return frames;
        }
    }

    private static PageAllocator Make(int frames) => new(new FrameArray<Frame>(frames));

    private static void TakeAll(PageAllocator allocator, AllocationFlags flags, out int[] taken)
    {
        var frames = new List<int>();
        while (allocator.TryAllocate(0, FrameKind.Slab, flags, null, out FrameNumber frame)) frames.Add(frame.Value);
        taken = [.. frames];
    }
}
