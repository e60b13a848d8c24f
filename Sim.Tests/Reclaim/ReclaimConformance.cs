using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Reclaim.Replay;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.Reclaim;

/// <summary>What every replacement policy owes, run over the whole catalogue: a new policy is under it without being named here.</summary>
public sealed class ReclaimConformance
{
    private const int Pages = 60;

    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("reclaim").Select(entry => entry.Name));

    public static TheoryData<string> OnlinePolicies =>
        new(BuiltIn.Policies.At("reclaim").Where(entry => !entry.NeedsFuture).Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Policies))]
    public void VictimsAreResidentAndCapacityIsNeverExceeded(string policy)
    {
        foreach (int frames in new[] { 1, 2, 3, 7, 20, 59, 60 })
        {
            uint[] references = Mixed(4_000, seed: 5);
            IPolicyDriver memory = Drive(policy, frames, references);
            foreach (uint page in references) memory.Reference(page);
            memory.CheckInvariants();
            memory.Resident.ShouldBeLessThanOrEqualTo(frames);
        }
    }

    /// <summary>
    /// References, pages that are freed, up to half of all frames pinned, victims in batches, fewer frames than the policy was told of,
    /// frames scattered over a larger machine.
    /// </summary>
    [Theory]
    [MemberData(nameof(OnlinePolicies))]
    public void AnyMixOfFreeingPinningAndBatchesKeepsTheBooksInOrder(string policy)
    {
        var random = new RandomStream(77);
        for (int round = 0; round < 30; round++)
        {
            var shape = new DriverShape(1 + (int)random.Below(30), 1 + (int)random.Below(8), Spare: (int)random.Below(3) * 5, Stride: 1 + (int)random.Below(3));
            IPolicyDriver memory = PolicyDriver.Create(policy, shape, (ulong)round);
            var pinned = new List<ulong>();
            for (int step = 0; step < 600; step++)
            {
                ulong page = 1 + random.Below(Pages);
                ulong action = random.Below(20);
                if (action == 0 && memory.IsResident(page) && !pinned.Contains(page)) memory.Free(page);
                else if (action == 1 && memory.IsResident(page) && pinned.Count < shape.Frames / 2)
                {
                    memory.Pin(page);
                    pinned.Add(page);
                }
                else if (action == 2 && pinned.Count > 0)
                {
                    memory.Unpin(pinned[0]);
                    pinned.RemoveAt(0);
                }
                else memory.Reference(page);
                if (step % 50 == 0) memory.CheckInvariants();
            }
            memory.CheckInvariants();
        }
    }

    [Theory]
    [MemberData(nameof(OnlinePolicies))]
    public void AVictimIsNamedUntilNothingIsResident(string policy)
    {
        IPolicyDriver memory = PolicyDriver.Create(policy, new DriverShape(5, Batch: 3));
        memory.CountVictims().ShouldBe(0);
        for (ulong page = 1; page <= 12; page++) memory.Reference(page);
        for (ulong page = 1; page <= 12; page++)
        {
            if (!memory.IsResident(page)) continue;
            memory.CountVictims().ShouldBeGreaterThan(0);
            memory.Free(page);
            memory.CheckInvariants();
        }
        memory.CountVictims().ShouldBe(0);
    }

    /// <summary>
    /// What a policy keeps, its ghosts too, is laid out at the start in arrays: at most 1 KiB a frame beside a constant. That it then
    /// allocates nothing is the next test's; the two bound how much it can remember.
    /// </summary>
    [Theory]
    [MemberData(nameof(OnlinePolicies))]
    public void WhatAPolicyKeepsIsBoundedByItsFrames(string policy)
    {
        const int Few = 1_000, Many = 9_000;
        PolicyChoice choice = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy);
        long few = PolicyState.Bytes(choice.Create(new PolicyContext(Few, Few, 1)));
        long many = PolicyState.Bytes(choice.Create(new PolicyContext(Many, Many, 1)));
        few.ShouldBeGreaterThan(0);
        few.ShouldBeLessThan(1024 * Few + (4 << 20));
        (many - few).ShouldBeLessThanOrEqualTo(1024 * (Many - Few));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void PagesThatNeverComeBackAllocateNothing(string policy)
    {
        const int Length = 6_000;
        uint[] references = [.. Enumerable.Range(0, Length).Select(i => (uint)i)];
        IReplay replay = ReplayFactory.Create(PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy), Length, 20, 1, new ReferenceFuture(references, Length));
        replay.Run(references.AsSpan(0, Length / 2));
        long before = GC.GetAllocatedBytesForCurrentThread();
        replay.Run(references.AsSpan(Length / 2));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        replay.CheckInvariants();
        replay.Misses.ShouldBe(Length);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void TheSameSeedGivesTheSameVictims(string policy)
    {
        uint[] references = Mixed(3_000, seed: 9);
        string[] runs = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            IPolicyDriver memory = Drive(policy, 17, references);
            return string.Join(',', references.SelectMany(page => memory.Reference(page)));
        })];
        runs[1].ShouldBe(runs[0]);
    }

    [Theory]
    [MemberData(nameof(OnlinePolicies))]
    public void TheOptimumIsNeverBeaten(string policy)
    {
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            uint[] references = Mixed(5_000, seed);
            foreach (int frames in new[] { 2, 5, 13, 30, 55 }) Misses(policy, frames, references).ShouldBeGreaterThanOrEqualTo(Misses("opt", frames, references));
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void WithAFrameForEveryPageOnlyFirstReferencesMiss(string policy)
    {
        uint[] references = Mixed(3_000, seed: 4);
        Misses(policy, Pages, references).ShouldBe(references.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void StackAlgorithmsNeverMissMoreWithMoreFrames(string policy)
    {
        if (!BuiltIn.Policies.Find("reclaim", policy)!.IsStackAlgorithm) return;
        uint[] references = Mixed(6_000, seed: 12);
        long[] misses = [.. Enumerable.Range(1, Pages).Select(frames => Misses(policy, frames, references))];
        misses.Zip(misses.Skip(1)).ShouldAllBe(pair => pair.First >= pair.Second);
    }

    /// <summary>But for the optimum, which holds any of the pages that are never used again.</summary>
    [Theory]
    [MemberData(nameof(OnlinePolicies))]
    public void OfAStackAlgorithmTheLargerMemoryHoldsWhatTheSmallerDoes(string policy)
    {
        if (!BuiltIn.Policies.Find("reclaim", policy)!.IsStackAlgorithm) return;
        uint[] references = Mixed(1_500, seed: 8);
        foreach (int frames in new[] { 1, 2, 9, 31 })
        {
            IPolicyDriver smaller = PolicyDriver.Create(policy, frames), larger = PolicyDriver.Create(policy, frames + 1);
            foreach (uint page in references)
            {
                smaller.Reference(page);
                larger.Reference(page);
                for (ulong other = 0; other < Pages; other++)
                {
                    if (smaller.IsResident(other)) larger.IsResident(other).ShouldBeTrue($"page {other} with {frames} and with {frames + 1} frames");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void SteadyStateAllocatesNothing(string policy)
    {
        uint[] references = Mixed(20_000, seed: 3);
        IReplay replay = ReplayFactory.Create(PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy), Pages, 20, 1, new ReferenceFuture(references, Pages));
        replay.Run(references.AsSpan(0, 10_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        replay.Run(references.AsSpan(10_000));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    /// <summary>But for nru, which asks for dirty bits: the driver has some, replay has none.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void ReplayMissesAsTheContractAloneDoes(string policy)
    {
        uint[] references = Mixed(4_000, seed: 21);
        foreach (int frames in new[] { 3, 11, 40 })
        {
            IPolicyDriver memory = Drive(policy, frames, references);
            foreach (uint page in references) memory.Reference(page);
            if (policy != "nru") Misses(policy, frames, references).ShouldBe(memory.Misses);
        }
    }

    private static IPolicyDriver Drive(string policy, int frames, uint[] references) =>
        PolicyDriver.Create(policy, new DriverShape(frames), 1, new ReferenceFuture(references, Pages));

    internal static long Misses(string policy, int frames, uint[] references)
    {
        uint pages = references.Max() + 1;
        IReplay replay = ReplayFactory.Create(PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy), pages, frames, 1, new ReferenceFuture(references, pages));
        replay.Run(references);
        replay.CheckInvariants();
        return replay.Misses;
    }

    /// <summary>Scans, loops, hot pages and uniform draws in turn, so that every list and ghost of a policy is used.</summary>
    private static uint[] Mixed(int length, ulong seed)
    {
        var random = new RandomStream(seed);
        var references = new List<uint>(length);
        while (references.Count < length)
        {
            uint start = (uint)random.Below(Pages);
            int run = 20 + (int)random.Below(100);
            ulong kind = random.Below(4);
            for (int i = 0; i < run && references.Count < length; i++)
            {
                references.Add(kind switch
                {
                    0 => (uint)((start + i) % Pages),
                    1 => (uint)((start + i % 9) % Pages),
                    2 => (uint)(random.Below(10) < 8 ? random.Below(6) : random.Below(Pages)),
                    _ => (uint)random.Below(Pages),
                });
            }
        }
        return [.. references];
    }
}
