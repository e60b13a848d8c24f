using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>The buddy allocator against a bitmap of owned frames. Is a frame ever owned twice, refused without need, or lost?</summary>
public sealed class BuddyAllocatorTests
{
    private static readonly int[] _memorySizes = [1, 2, 3, 1000, 1023, 1024, 1025, 2048, 4096 + 7];

    [Fact]
    public void AnySeriesOfRequestsIsServedAsABitmapSays()
    {
        Gen<(int Frames, int LargestOrder, int FreePercent, ulong Seed)> series =
            from frames in Gen.Elements(_memorySizes)
            from largest in Gen.Elements(0, 2, 5, BuddyAllocator.MaximumOrder)
            from freePercent in Gen.Elements(20, 45, 55)
            from seed in Gen.Choose(0, int.MaxValue)
            select (frames, largest, freePercent, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(series.ToArbitrary(),
            drawn => Follow(drawn.Frames, drawn.LargestOrder, drawn.FreePercent, drawn.Seed)));
    }

    [Fact]
    public void TheUpperBuddyStaysWhenAFrameIsSplitOff()
    {
        // 0 1 2-3 4-7 ... 512-1023: one frame taken from a block of 1024 leaves one free block of every smaller order.
        BuddyAllocator allocator = Make(1024);
        Take(allocator, 0).ShouldBe(0);
        for (int order = 0; order < BuddyAllocator.MaximumOrder; order++) allocator.FreeBlocks(order).ShouldBe(1);
        allocator.FreeBlocks(BuddyAllocator.MaximumOrder).ShouldBe(0);
        Take(allocator, 0).ShouldBe(1);
        Take(allocator, 0).ShouldBe(2);
        Take(allocator, 2).ShouldBe(4);
        allocator.CheckInvariants();
    }

    [Fact]
    public void TheLastFreedBlockIsTakenFirst()
    {
        BuddyAllocator allocator = Make(1024);
        for (int frame = 0; frame < 16; frame++) Take(allocator, 0).ShouldBe(frame);
        allocator.Free(new FrameNumber(2), 0);
        allocator.Free(new FrameNumber(8), 0);
        allocator.Free(new FrameNumber(5), 0);
        Take(allocator, 0).ShouldBe(5);
        Take(allocator, 0).ShouldBe(8);
        Take(allocator, 0).ShouldBe(2);
    }

    [Fact]
    public void ABlockThatIsFreedTwiceIsRefused()
    {
        BuddyAllocator allocator = Make(64);
        int frame = Take(allocator, 1);
        allocator.Free(new FrameNumber(frame), 1);
        Should.Throw<InvalidOperationException>(() => allocator.Free(new FrameNumber(frame), 1));
    }

    [Fact]
    public void ABlockThatHasJoinedItsLowerBuddyIsRefusedWhenFreedAgain()
    {
        BuddyAllocator allocator = Make(64);
        for (int frame = 0; frame < 2; frame++) Take(allocator, 0).ShouldBe(frame);
        allocator.Free(new FrameNumber(0), 0);
        allocator.Free(new FrameNumber(1), 0);
        Should.Throw<InvalidOperationException>(() => allocator.Free(new FrameNumber(1), 0));
        allocator.FreeFrames.ShouldBe(64);
        allocator.CheckInvariants();
    }

    [Fact]
    public void MemoryBeyondTheFrontierIsNeverTouched()
    {
        var frames = new FrameArray<Frame>(1 << 16);
        var allocator = new BuddyAllocator(frames);
        for (int i = 0; i < 2000; i++) Take(allocator, 0);
        allocator.FreeFrames.ShouldBe((1 << 16) - 2000);
        allocator.FreeBlocks(BuddyAllocator.MaximumOrder).ShouldBe(62);
        for (int frame = 2048; frame < 1 << 16; frame++)
        {
            if (!frames[frame].Equals(default(Frame))) throw new InvalidOperationException($"frame {frame} was touched");
        }
    }

    [Fact]
    public void AMachineOfAQuarterTebibyteStartsAtOnce()
    {
        BuddyAllocator allocator = Make(1 << 26);
        Take(allocator, BuddyAllocator.MaximumOrder).ShouldBe(0);
        allocator.FreeFrames.ShouldBe((1 << 26) - 1024);
        allocator.CheckInvariants();
    }

    private static void Follow(int frameCount, int largestOrder, int freePercent, ulong seed)
    {
        BuddyAllocator allocator = Make(frameCount);
        var owned = new bool[frameCount];
        var blocks = new List<(int Start, int Order)>();
        var random = new RandomStream(seed);
        for (int step = 0; step < 600; step++)
        {
            if (blocks.Count > 0 && random.Below(100) < (ulong)freePercent) FreeOne(allocator, owned, blocks, (int)random.Below((ulong)blocks.Count));
            else TakeOne(allocator, owned, blocks, (int)random.Below((ulong)largestOrder + 1));
            if (step % 16 == 0) Compare(allocator, owned);
        }
        while (blocks.Count > 0) FreeOne(allocator, owned, blocks, (int)random.Below((ulong)blocks.Count));
        Compare(allocator, owned);
        for (int order = 0; order < BuddyAllocator.MaximumOrder; order++) allocator.FreeBlocks(order).ShouldBe(frameCount >> order & 1);
        allocator.FreeBlocks(BuddyAllocator.MaximumOrder).ShouldBe(frameCount >> BuddyAllocator.MaximumOrder);
    }

    private static void TakeOne(BuddyAllocator allocator, bool[] owned, List<(int Start, int Order)> blocks, int order)
    {
        if (!allocator.TryAllocate(order, FrameKind.Anonymous, out FrameNumber frame))
        {
            for (int start = 0; start + (1 << order) <= owned.Length; start += 1 << order)
                owned.AsSpan(start, 1 << order).Contains(true).ShouldBeTrue();
            return;
        }
        (frame.Value % (1 << order)).ShouldBe(0);
        Span<bool> block = owned.AsSpan(frame.Value, 1 << order);
        block.Contains(true).ShouldBeFalse();
        block.Fill(true);
        blocks.Add((frame.Value, order));
    }

    private static void FreeOne(BuddyAllocator allocator, bool[] owned, List<(int Start, int Order)> blocks, int index)
    {
        (int start, int order) = blocks[index];
        blocks[index] = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
        allocator.Free(new FrameNumber(start), order);
        owned.AsSpan(start, 1 << order).Clear();
        Should.Throw<InvalidOperationException>(() => allocator.Free(new FrameNumber(start), order));
    }

    private static void Compare(BuddyAllocator allocator, bool[] owned)
    {
        allocator.CheckInvariants();
        allocator.FreeFrames.ShouldBe(owned.Count(isOwned => !isOwned));
    }

    private static BuddyAllocator Make(int frames) => new(new FrameArray<Frame>(frames));

    private static int Take(BuddyAllocator allocator, int order) =>
        allocator.TryAllocate(order, FrameKind.Anonymous, out FrameNumber frame) ? frame.Value : -1;
}
