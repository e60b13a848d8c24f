using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>The buddy allocator against a bitmap of owned frames. Is a frame ever owned twice, refused without need, or lost?</summary>
public sealed class BuddyAllocatorTests
{
    private const int Order = BuddyAllocator.MaximumOrder;
    private static readonly int[] _memorySizes = [1, 2, 3, 1000, 1023, 1024, 1025, 2048, 4096 + 7];

    [Fact]
    public void AnySeriesOfRequestsIsServedAsABitmapSays()
    {
        Gen<(int Frames, int LargestOrder, int FreePercent, ulong Seed)> series =
            from frames in Gen.Elements(_memorySizes)
            from largest in Gen.Elements(0, 2, 5, Order)
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
        for (int order = 0; order < Order; order++) allocator.FreeBlocks(order).ShouldBe(1);
        allocator.FreeBlocks(Order).ShouldBe(0);
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
        foreach (int frame in (int[])[2, 8, 5]) allocator.Free(frame, 0);
        Take(allocator, 0).ShouldBe(5);
        Take(allocator, 0).ShouldBe(8);
        Take(allocator, 0).ShouldBe(2);
    }

    [Fact]
    public void ABlockWhoseGreaterBuddyIsFreeIsTakenLast()
    {
        // 0 and 1 are taken, 2-3 is free: when 0 comes back it may soon be part of 0-3, so 5 is preferred though it came back before.
        BuddyAllocator allocator = Make(1024);
        for (int frame = 0; frame < 8; frame++) Take(allocator, 0).ShouldBe(frame);
        allocator.Free(2, 0);
        allocator.Free(3, 0);
        allocator.Free(5, 0);
        allocator.Free(0, 0);
        Take(allocator, 0).ShouldBe(5);
        Take(allocator, 0).ShouldBe(0);
    }

    [Fact]
    public void MemoryBeyondTheFrontierIsNeverTouched()
    {
        var frames = new FrameArray<Frame>(1 << 16);
        var allocator = new BuddyAllocator(frames);
        for (int i = 0; i < 2000; i++) Take(allocator, 0);
        allocator.FreeFrames.ShouldBe((1 << 16) - 2000);
        allocator.FreeBlocks(Order).ShouldBe(62);
        for (int frame = 2048; frame < 1 << 16; frame++)
        {
            if (!frames[frame].Equals(default(Frame))) throw new InvalidOperationException($"frame {frame} was touched");
        }
    }

    [Fact]
    public void AMachineOfAQuarterTebibyteStartsAtOnce()
    {
        BuddyAllocator allocator = Make(1 << 26);
        Take(allocator, Order).ShouldBe(0);
        allocator.FreeFrames.ShouldBe((1 << 26) - 1024);
        allocator.CheckInvariants();
    }

    [Fact]
    public void TypesArePlacedInDifferentPageBlocksWhileThereAreSome()
    {
        BuddyAllocator allocator = Make(8192, out PageBlocks blocks);
        int movable = Take(allocator, 0, MigrateType.Movable), unmovable = Take(allocator, 0, MigrateType.Unmovable);
        (movable >> 9).ShouldNotBe(unmovable >> 9);
        blocks[movable].ShouldBe(MigrateType.Movable);
        blocks[unmovable].ShouldBe(MigrateType.Unmovable);
        // The claimed block of 1024 frames is two page blocks, and all that is left of it is unmovable too.
        blocks[unmovable ^ 512].ShouldBe(MigrateType.Unmovable);
        allocator.FreeBlocks(0, MigrateType.Unmovable).ShouldBe(1);
        allocator.CheckInvariants();
    }

    [Fact]
    public void AnUnmovableRequestClaimsAPageBlockThatIsHalfFree()
    {
        // All of memory is taken by movable pages but for 300 frames of one page block: more than half of it is free, so it is claimed whole.
        BuddyAllocator allocator = MakeFull(MigrateType.Movable, out PageBlocks blocks);
        for (int frame = 1024; frame < 1324; frame++) allocator.Free(frame, 0);
        int taken = Take(allocator, 0, MigrateType.Unmovable);
        (taken >> 9).ShouldBe(2);
        blocks[1024].ShouldBe(MigrateType.Unmovable);
        allocator.FreeFrames.ShouldBe(299);
        long[] unmovable = [.. Enumerable.Range(0, Order + 1).Select(order => allocator.FreeBlocks(order, MigrateType.Unmovable))];
        unmovable.Select((count, order) => count << order).Sum().ShouldBe(299);
        allocator.CheckInvariants();
    }

    [Fact]
    public void AMovableRequestDoesNotClaimWhereItCanOnlyStealLittle()
    {
        BuddyAllocator allocator = MakeFull(MigrateType.Unmovable, out PageBlocks blocks);
        for (int frame = 1024; frame < 1032; frame++) allocator.Free(frame, 0);
        allocator.TryAllocate(0, MigrateType.Movable, mayFragment: false).ShouldBe(-1);
        (Take(allocator, 0, MigrateType.Movable) >> 3).ShouldBe(128);
        blocks[1024].ShouldBe(MigrateType.Unmovable);
        allocator.Steals.ShouldBe(1);
    }

    [Fact]
    public void AFrameCanBeTakenOutOfTheMiddleOfAFreeBlock()
    {
        BuddyAllocator allocator = Make(4096);
        allocator.TryTakeFrame(1500).ShouldBeTrue();
        allocator.TryTakeFrame(1500).ShouldBeFalse();
        allocator.FreeFrames.ShouldBe(4095);
        for (int order = 0; order < Order; order++) allocator.FreeBlocks(order).ShouldBe(1);
        allocator.CheckInvariants();
        allocator.Free(1500, 0);
        allocator.FreeBlocks(Order).ShouldBe(4);
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
            else TakeOne(allocator, owned, blocks, (int)random.Below((ulong)largestOrder + 1), (MigrateType)random.Below(3));
            if (step % 16 == 0) Compare(allocator, owned);
        }
        while (blocks.Count > 0) FreeOne(allocator, owned, blocks, (int)random.Below((ulong)blocks.Count));
        Compare(allocator, owned);
        for (int order = 0; order < Order; order++) allocator.FreeBlocks(order).ShouldBe(frameCount >> order & 1);
        allocator.FreeBlocks(Order).ShouldBe(frameCount >> Order);
    }

    private static void TakeOne(BuddyAllocator allocator, bool[] owned, List<(int Start, int Order)> blocks, int order, MigrateType type)
    {
        bool has = allocator.HasBlock(order);
        int frame = allocator.TryAllocate(order, type, mayFragment: true);
        has.ShouldBe(frame >= 0);
        if (frame < 0)
        {
            for (int start = 0; start + (1 << order) <= owned.Length; start += 1 << order)
                owned.AsSpan(start, 1 << order).Contains(true).ShouldBeTrue();
            return;
        }
        (frame % (1 << order)).ShouldBe(0);
        Span<bool> block = owned.AsSpan(frame, 1 << order);
        block.Contains(true).ShouldBeFalse();
        block.Fill(true);
        blocks.Add((frame, order));
    }

    private static void FreeOne(BuddyAllocator allocator, bool[] owned, List<(int Start, int Order)> blocks, int index)
    {
        (int start, int order) = blocks[index];
        blocks[index] = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
        allocator.Free(start, order);
        owned.AsSpan(start, 1 << order).Clear();
    }

    private static void Compare(BuddyAllocator allocator, bool[] owned)
    {
        allocator.CheckInvariants();
        allocator.FreeFrames.ShouldBe(owned.Count(isOwned => !isOwned));
        long onLists = Enumerable.Range(0, Order + 1).Sum(order => allocator.FreeBlocks(order) << order);
        onLists.ShouldBe(allocator.FreeFrames);
    }

    private static BuddyAllocator Make(int frames) => Make(frames, out _);

    private static BuddyAllocator Make(int frames, out PageBlocks blocks) =>
        new(new FrameArray<Frame>(frames), blocks = new PageBlocks(frames, groups: true), 0, frames);

    /// <summary>Eight blocks of 1024 frames, every frame taken by one type.</summary>
    private static BuddyAllocator MakeFull(MigrateType type, out PageBlocks blocks)
    {
        BuddyAllocator allocator = Make(8192, out blocks);
        for (int i = 0; i < 8192; i++) Take(allocator, 0, type).ShouldBe(i);
        return allocator;
    }

    private static int Take(BuddyAllocator allocator, int order, MigrateType type = MigrateType.Movable) => allocator.TryAllocate(order, type, mayFragment: true);
}
