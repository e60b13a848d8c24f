using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Reclaim.Swap;

/// <summary>The swap area against a dictionary from slots to pages.</summary>
public sealed class SwapAreaTests
{
    [Fact]
    public void AnySeriesOfRequestsIsServedAsADictionarySays()
    {
        Gen<(int Slots, int FreePercent, ulong Seed)> series =
            from slots in Gen.Choose(0, 60)
            from freePercent in Gen.Elements(20, 50, 70)
            from seed in Gen.Choose(0, int.MaxValue)
            select (slots, freePercent, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(series.ToArbitrary(),
            drawn => Follow(drawn.Slots, drawn.FreePercent, drawn.Seed)));
    }

    [Fact]
    public void FreedSlotsComeFirstLastFreedFirstThenTheUnused()
    {
        var area = new SwapArea(5);
        for (int slot = 0; slot < 4; slot++) Take(area).ShouldBe(slot);
        area.Free(1);
        area.Free(3);
        Take(area).ShouldBe(3);
        Take(area).ShouldBe(1);
        Take(area).ShouldBe(4);
        Take(area).ShouldBe(-1);
    }

    [Fact]
    public void ASlotThatIsFreedTwiceIsRefused()
    {
        var area = new SwapArea(2);
        Take(area);
        area.Free(0);
        Should.Throw<InvalidOperationException>(() => area.Free(0));
        Should.Throw<InvalidOperationException>(() => area.Free(1));
    }

    private static void Follow(int slots, int freePercent, ulong seed)
    {
        var area = new SwapArea(slots);
        var pages = new Dictionary<int, ulong>();
        var random = new RandomStream(seed);
        for (ulong step = 0; step < 300; step++)
        {
            if (pages.Count > 0 && random.Below(100) < (ulong)freePercent)
            {
                int freed = pages.Keys.ElementAt((int)random.Below((ulong)pages.Count));
                area.Free(freed);
                pages.Remove(freed);
            }
            else
            {
                bool isTaken = area.TryAllocate(new PageIdentity(step), out int slot);
                isTaken.ShouldBe(pages.Count < slots);
                if (!isTaken) continue;
                slot.ShouldBeInRange(0, slots - 1);
                pages.TryAdd(slot, step).ShouldBeTrue("a slot is given out once");
            }
            area.Used.ShouldBe(pages.Count);
            foreach (var (slot, page) in pages) if (area.IdentityOf(slot).Value != page) throw new InvalidOperationException($"slot {slot} lost page {page}");
        }
    }

    private static int Take(SwapArea area) => area.TryAllocate(new PageIdentity(1), out int slot) ? slot : -1;
}
