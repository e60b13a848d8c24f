using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>What every frame allocator owes a zone, run over the whole catalogue.</summary>
public sealed class FrameAllocatorConformance
{
    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("frame-allocator").Select(entry => entry.Name));

    public static TheoryData<string> Reusing => new(BuiltIn.Policies.At("frame-allocator").Select(entry => entry.Name).Where(name => name != "bump"));

    [Theory]
    [MemberData(nameof(Policies))]
    public void BlocksAreAlignedLieInTheZoneAndAreOwnedOnce(string policy)
    {
        foreach (int frames in (int[])[1, 63, 1024, 3000])
        {
            // The zone begins at frame 2048 of the machine.
            IFrameAllocator allocator = Make(policy, 2048, frames);
            var owned = new bool[frames];
            var blocks = new List<(int Start, int Order)>();
            var random = new RandomStream(11);
            for (int step = 0; step < 2000; step++)
            {
                if (blocks.Count > 0 && random.Below(100) < 45) FreeOne(allocator, owned, blocks, random);
                else
                {
                    int order = (int)Math.Min(random.Below(6), random.Below(6));
                    bool has = allocator.HasBlock(order);
                    int block = allocator.TryAllocate(order, (MigrateType)random.Below(3), mayFragment: true);
                    has.ShouldBe(block >= 0);
                    if (block < 0) continue;
                    (block % (1 << order)).ShouldBe(0);
                    Span<bool> taken = owned.AsSpan(block - 2048, 1 << order);
                    taken.Contains(true).ShouldBeFalse();
                    taken.Fill(true);
                    blocks.Add((block, order));
                }
                if (step % 50 == 0) allocator.CheckInvariants();
            }
            while (blocks.Count > 0) FreeOne(allocator, owned, blocks, random);
            allocator.CheckInvariants();
            allocator.FreeFrames.ShouldBe(frames);
            for (int order = 0; order < BuddyAllocator.MaximumOrder; order++) Blocks(allocator, order).ShouldBe(frames >> order & 1);
            Blocks(allocator, BuddyAllocator.MaximumOrder).ShouldBe(frames >> BuddyAllocator.MaximumOrder);
        }
    }

    [Theory]
    [MemberData(nameof(Reusing))]
    public void FreeFramesAreThoseThatNobodyOwnsAndASingleOneIsNeverRefused(string policy)
    {
        IFrameAllocator allocator = Make(policy, 0, 500);
        var owned = new bool[500];
        var blocks = new List<(int Start, int Order)>();
        var random = new RandomStream(3);
        for (int step = 0; step < 3000; step++)
        {
            if (blocks.Count > 0 && random.Below(100) < 48) FreeOne(allocator, owned, blocks, random);
            else
            {
                int block = allocator.TryAllocate(0, MigrateType.Movable, mayFragment: true);
                (block >= 0).ShouldBe(owned.Contains(false));
                if (block < 0) continue;
                owned[block] = true;
                blocks.Add((block, 0));
            }
            allocator.FreeFrames.ShouldBe(owned.Count(isOwned => !isOwned));
            Enumerable.Range(0, BuddyAllocator.MaximumOrder + 1).Sum(order => Blocks(allocator, order) << order).ShouldBe(allocator.FreeFrames);
        }
    }

    [Fact]
    public void FirstFitNextFitAndBumpGoTheirWays()
    {
        Choices("first-fit").ShouldBe([0, 1, 2, 3, 1, 4]);
        Choices("next-fit").ShouldBe([0, 1, 2, 3, 4, 5]);
        Choices("bump").ShouldBe([0, 1, 2, 3, 4, 5]);
        Choices("buddy").ShouldBe([0, 1, 2, 3, 1, 4]);

        // Four frames are taken, the second comes back, two more are taken.
        static int[] Choices(string policy)
        {
            IFrameAllocator allocator = Make(policy, 0, 64);
            int[] first = [.. Enumerable.Range(0, 4).Select(_ => allocator.TryAllocate(0, MigrateType.Movable, true))];
            allocator.Free(1, 0);
            return [.. first, allocator.TryAllocate(0, MigrateType.Movable, true), allocator.TryAllocate(0, MigrateType.Movable, true)];
        }
    }

    [Fact]
    public void ABumpPointerStartsAgainWhenEverythingHasComeBack()
    {
        IFrameAllocator allocator = Make("bump", 0, 8);
        for (int i = 0; i < 8; i++) allocator.TryAllocate(0, MigrateType.Movable, true).ShouldBe(i);
        for (int i = 0; i < 7; i++) allocator.Free(i, 0);
        allocator.TryAllocate(0, MigrateType.Movable, true).ShouldBe(-1);
        allocator.Free(7, 0);
        allocator.TryAllocate(3, MigrateType.Movable, true).ShouldBe(0);
    }

    [Fact]
    public void InFirstFitHolesAreHalfAsManyAsBlocksTimesTheChanceOfNoExactFit()
    {
        // Knuth's fifty-percent rule, with single frames alone: a request for one frame always fits some hole exactly where there is a hole of one.
        IFrameAllocator allocator = Make("first-fit", 0, 1 << 14);
        var random = new RandomStream(19);
        var live = new List<(int Start, int Order)>();
        double holes = 0, noExactFit = 0, blocks = 0;
        const int Warm = 60_000, Steps = 120_000;
        for (int step = 0; step < Steps; step++)
        {
            if (live.Count >= 2000) FreeOne(allocator, null, live, random);
            int order = (int)random.Below(3);
            bool exact = step >= Warm && Blocks(allocator, order) > 0;
            int block = allocator.TryAllocate(order, MigrateType.Movable, true);
            live.Add((block, order));
            if (step < Warm || step % 100 != 0) continue;
            holes += Holes(live);
            blocks += live.Count;
            noExactFit += exact ? 0 : 1;
        }
        // A power of two that is aligned merges less freely than Knuth's intervals do: within a fifth of the rule.
        (holes / blocks).ShouldBe(FreeSpace.HolesPerBlock(noExactFit / ((Steps - Warm) / 100)), 0.2 * 0.5);
    }

    [Fact]
    public void BuddiesUseThreeQuartersOfWhatUniformRequestsRoundUpTo()
    {
        Utilisation(random => 1 + (int)random.Below(1024)).ShouldBe(BuddyUtilisation.Uniform(10), 0.01);
        Utilisation(random => (int)Math.Ceiling(Math.Pow(2, 10 * random.NextDouble()))).ShouldBe(BuddyUtilisation.LogUniform, 0.02);

        static double Utilisation(Func<Draw, int> sizeOf)
        {
            IFrameAllocator allocator = Make("buddy", 0, 1 << 20);
            var draw = new Draw(5);
            long asked = 0, given = 0;
            for (int i = 0; i < 4000; i++)
            {
                int size = sizeOf(draw), order = 0;
                while (1 << order < size) order++;
                long before = allocator.FreeFrames;
                int block = allocator.TryAllocate(order, MigrateType.Movable, true);
                asked += size;
                given += before - allocator.FreeFrames;
                allocator.Free(block, order);
            }
            return asked / (double)given;
        }
    }

    private static int Holes(List<(int Start, int Order)> live)
    {
        int holes = 0, end = 0;
        foreach ((int start, int order) in live.OrderBy(block => block.Start))
        {
            if (start > end) holes++;
            end = start + (1 << order);
        }
        return holes;
    }

    private static void FreeOne(IFrameAllocator allocator, bool[]? owned, List<(int Start, int Order)> blocks, RandomStream random)
    {
        int index = (int)random.Below((ulong)blocks.Count);
        (int start, int order) = blocks[index];
        blocks[index] = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
        allocator.Free(start, order);
        if (owned is not null) owned.AsSpan(start >= 2048 ? start - 2048 : start, 1 << order).Clear();
    }

    private static long Blocks(IFrameAllocator allocator, int order)
    {
        long blocks = 0;
        for (MigrateType type = 0; type <= MigrateType.Reclaimable; type++) blocks += allocator.FreeBlocks(order, type);
        return blocks;
    }

    private static IFrameAllocator Make(string policy, int first, int count)
    {
        var design = (IFrameAllocatorDesign)PolicyChoice.Parse(BuiltIn.Policies, "frame-allocator", policy).Create(new PolicyContext(first + count, first + count, 1));
        return design.ForZone(new FrameArray<Frame>(first + count), new PageBlocks(first + count, design.GroupsByType), first, count);
    }

    private sealed class Draw(ulong seed)
    {
        private RandomStream _random = new(seed);

        public ulong Below(ulong bound) => _random.Below(bound);

        public double NextDouble() => _random.NextDouble();
    }
}
