using System.Linq;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Xunit;

namespace Sim.Tests.Hardware;

/// <summary>The levels of a TLB together: what fills what, and what a flush leaves.</summary>
public sealed class TlbHierarchyTests
{
    public static TheoryData<string> Presets => [.. TlbSpec.Presets.Select(preset => preset.Key)];

    [Fact]
    public void AHitBelowFillsTheLevelsAbove()
    {
        var tlb = new TlbHierarchy(Spec("zen4"), 1);
        ulong key = TlbEntry.Key(5, 0, PageSize.Base);
        tlb.LookupLower(key, 0).ShouldBe(0);
        tlb.Fill(key, false);
        tlb.Entries().Count().ShouldBe(2);
        tlb.FirstBase.Invalidate(key);
        tlb.LookupFirst(key, 0).ShouldBeFalse();
        tlb.LookupLower(key, 0).ShouldBe(1);
        tlb.LookupFirst(key, 0).ShouldBeTrue();
    }

    [Fact]
    public void AnEntryWithoutTheRightToStoreIsAMissForAStore()
    {
        var tlb = new TlbHierarchy(Spec("zen4"), 1);
        ulong key = TlbEntry.Key(5, 0, PageSize.Base);
        tlb.Fill(key, false);
        tlb.LookupFirst(key, TlbEntry.StoreAllowed).ShouldBeFalse();
        tlb.LookupLower(key, TlbEntry.StoreAllowed).ShouldBe(0);
        tlb.Fill(key | TlbEntry.StoreAllowed, true);
        tlb.LookupFirst(key, TlbEntry.StoreAllowed).ShouldBeTrue();
        tlb.Entries().ShouldBe([key | TlbEntry.StoreAllowed, key | TlbEntry.StoreAllowed]);
    }

    [Fact]
    public void SplitArraysHoldTheirOwnPageSizes()
    {
        var tlb = new TlbHierarchy(Spec("skylake"), 1);
        ulong giant = TlbEntry.Key(7UL << 18, 0, PageSize.Giant);
        tlb.Fill(giant, false);
        for (ulong page = 0; page < 4000; page++)
        {
            tlb.Fill(TlbEntry.Key(page, 0, PageSize.Base), false);
            tlb.Fill(TlbEntry.Key(page << 9, 0, PageSize.Huge), false);
        }
        tlb.LookupFirst(giant, 0).ShouldBeTrue("neither base nor huge pages push a giant one out");
        tlb.Entries().Count().ShouldBe(64 + 32 + 1 + 1536 + 1);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void AFlushLeavesNothingOfWhatItFlushes(string preset)
    {
        var tlb = new TlbHierarchy(Spec(preset), 1);
        var random = new RandomStream(2);
        for (int step = 0; step < 5000; step++) Touch(tlb, TlbEntry.Key(random.Below(6000), (int)random.Below(3), PageSize.Base));
        tlb.Entries().ShouldContain(entry => TlbEntry.AsidOf(entry) == 1);
        tlb.Clear(1);
        tlb.Entries().ShouldNotContain(entry => TlbEntry.AsidOf(entry) == 1);
        ulong[] left = tlb.Entries().Distinct().ToArray();
        left.ShouldContain(entry => TlbEntry.AsidOf(entry) == 2);
        foreach (ulong key in left.Take(20))
        {
            tlb.Invalidate(key);
            tlb.Entries().ShouldNotContain(key);
        }
        tlb.Clear();
        tlb.Entries().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void NoLevelEverHoldsATranslationTwice(string preset)
    {
        TlbSpec spec = Spec(preset);
        var tlb = new TlbHierarchy(spec, 1);
        var random = new RandomStream(3);
        for (int step = 0; step < 20_000; step++)
        {
            ulong key = TlbEntry.Key(random.Below(3500), 0, PageSize.Base);
            Touch(tlb, key, random.Below(4) == 0 ? TlbEntry.StoreAllowed : 0);
            if (step % 50 == 0) tlb.Invalidate(key);
        }
        tlb.Entries().GroupBy(entry => entry & ~TlbEntry.StoreAllowed).Max(group => group.Count()).ShouldBeLessThanOrEqualTo(spec.Levels.Count);
    }

    /// <summary>As the access loop asks: the first level, those below it, and a walk that fills all.</summary>
    private static void Touch(TlbHierarchy tlb, ulong key, ulong needed = 0)
    {
        if (!tlb.LookupFirst(key, needed) && tlb.LookupLower(key, needed) == 0) tlb.Fill(key | needed, needed != 0);
    }

    private static TlbSpec Spec(string preset) => TlbSpec.Presets.Single(pair => pair.Key == preset).Value;
}
