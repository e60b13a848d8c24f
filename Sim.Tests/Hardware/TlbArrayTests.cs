using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Xunit;

namespace Sim.Tests.Hardware;

/// <summary>A TLB array against lists and trees written for clarity. Does every lookup hit that should, and no other?</summary>
public sealed class TlbArrayTests
{
    private const int Asids = 3;
    private static readonly PageSize[] _sizes = [PageSize.Base, PageSize.Huge, PageSize.Giant];

    // Non-powers of two among the sets and the ways, fully associative arrays, single ways.
    private static readonly (int Sets, int Ways)[] _shapes =
        [(1, 1), (16, 1), (3, 1), (1, 72), (1, 5), (128, 24), (7, 4), (6, 12), (8, 8), (5, 2), (1, 64), (12, 3)];

    [Theory]
    [InlineData(TlbReplacement.Lru)]
    [InlineData(TlbReplacement.Fifo)]
    [InlineData(TlbReplacement.TreePlru)]
    public void AnySeriesOfOperationsHitsAndEvictsAsTheModelDoes(TlbReplacement replacement)
    {
        Gen<((int Sets, int Ways) Shape, int Spread, ulong Seed)> series =
            from shape in Gen.Elements(_shapes.Where(shape => replacement != TlbReplacement.TreePlru || int.IsPow2(shape.Ways)).ToArray())
            from spread in Gen.Elements(1, 2, 4)
            from seed in Gen.Choose(0, int.MaxValue)
            select (shape, spread, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(series.ToArbitrary(),
            drawn => Follow(drawn.Shape.Sets, drawn.Shape.Ways, replacement, drawn.Spread, drawn.Seed)));
    }

    [Fact]
    public void RandomReplacementTakesOneOfTheSetAndOnlyWhenItIsFull()
    {
        foreach ((int sets, int ways) in _shapes)
        {
            var array = Make(sets, ways, TlbReplacement.Random);
            var random = new RandomStream(4);
            var held = new HashSet<ulong>();
            for (int step = 0; step < 500; step++)
            {
                ulong key = TlbEntry.Key(random.Below((ulong)(3 * sets * ways)), 0, PageSize.Base);
                (array.Lookup(key) != 0).ShouldBe(held.Contains(key));
                if (held.Contains(key)) continue;
                ulong[] set = held.Where(other => SetOf(other, sets) == SetOf(key, sets)).ToArray();
                array.Insert(key, false);
                HashSet<ulong> after = [.. array.Entries()];
                after.ShouldContain(key);
                ulong[] lost = held.Except(after).ToArray();
                lost.Length.ShouldBe(set.Length == ways ? 1 : 0);
                lost.ShouldBeSubsetOf(set);
                held = after;
            }
        }
    }

    [Fact]
    public void RandomReplacementDependsOnItsSeedAlone()
    {
        ulong[] first = Fill(seed: 1);
        Fill(seed: 1).ShouldBe(first);
        Fill(seed: 2).ShouldNotBe(first);

        static ulong[] Fill(ulong seed)
        {
            var array = new TlbArray(new TlbArraySpec(8, 8, _sizes, TlbReplacement.Random), seed);
            for (ulong page = 0; page < 100; page++) array.Insert(TlbEntry.Key(page, 0, PageSize.Base), false);
            return array.Entries().ToArray();
        }
    }

    /// <summary>Four ways a b c d, then a is used: the tree points right and, there, at c, which came longer ago than d.</summary>
    [Fact]
    public void TreePlruGivesUpTheWayThatItsDirectionsLeadTo()
    {
        TlbArray array = Make(1, 4, TlbReplacement.TreePlru);
        ulong[] keys = Enumerable.Range(1, 5).Select(page => TlbEntry.Key((ulong)page, 0, PageSize.Base)).ToArray();
        foreach (ulong key in keys[..4]) array.Insert(key, false);
        array.Lookup(keys[0]);
        array.Insert(keys[4], false);
        array.Entries().ShouldBe([keys[0], keys[1], keys[4], keys[3]]);
    }

    [Theory]
    [InlineData(1, 72)]
    [InlineData(128, 24)]
    [InlineData(3, 5)]
    [InlineData(64, 1)]
    public void ACycleOverOnePageASetMoreThanItsReachMissesAlwaysWithLruAndOneWithinItNever(int sets, int ways)
    {
        MissesOfCycle(sets, ways, pages: sets * (ways + 1)).ShouldBe(4 * sets * (ways + 1));
        MissesOfCycle(sets, ways, pages: sets * ways).ShouldBe(sets * ways);
    }

    [Fact]
    public void TheSameNumberAtTwoPageSizesAndInTwoAddressSpacesAreFourTranslations()
    {
        TlbArray array = Make(1, 8, TlbReplacement.Lru);
        ulong[] keys = [TlbEntry.Key(512, 0, PageSize.Base), TlbEntry.Key(512, 0, PageSize.Huge), TlbEntry.Key(512, 1, PageSize.Base), TlbEntry.Key(512, 1, PageSize.Huge)];
        keys.ShouldBeUnique();
        foreach (ulong key in keys) array.Insert(key, false);
        array.Invalidate(keys[1]);
        foreach (ulong key in keys) (array.Lookup(key) != 0).ShouldBe(key != keys[1]);
        TlbEntry.Key(512 + 77, 0, PageSize.Huge).ShouldBe(keys[1], "any page within a huge page has its key");
    }

    [Fact]
    public void ARenewedTranslationStandsInTheArrayOnce()
    {
        foreach (TlbReplacement replacement in Enum.GetValues<TlbReplacement>())
        {
            TlbArray array = Make(2, 4, replacement);
            for (ulong page = 0; page < 8; page++) array.Insert(TlbEntry.Key(page, 0, PageSize.Base), false);
            ulong key = TlbEntry.Key(2, 0, PageSize.Base);
            array.Insert(key | TlbEntry.StoreAllowed, true);
            array.Lookup(key).ShouldBe(key | TlbEntry.StoreAllowed);
            array.Entries().Count().ShouldBe(8);
            array.Invalidate(key);
            array.Lookup(key).ShouldBe(0UL);
        }
    }

    /// <summary>The access loop goes by the view, flushes by the array: the one must leave what the other finds.</summary>
    [Theory]
    [InlineData(16, 4)]
    [InlineData(1, 3)]
    [InlineData(64, 1)]
    [InlineData(2, 7)]
    [InlineData(128, 12)]
    [InlineData(1, 11)]
    [InlineData(4, 16)]
    [InlineData(128, 24)]
    [InlineData(1, 21)]
    [InlineData(1, 72)]
    public void AViewDoesWhatTheArrayDoes(int sets, int ways)
    {
        System.Type view = Make(sets, ways, TlbReplacement.Lru).View.ShouldNotBeNull();
        typeof(TlbArrayTests).GetMethod(nameof(FollowView), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(view).Invoke(null, [sets, ways]);
    }

    [Fact]
    public void AnArrayOfAnotherFormHasNoView()
    {
        Make(3, 4, TlbReplacement.Lru).View.ShouldBeNull();
        Make(4, 4, TlbReplacement.Fifo).View.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => Make(4, 4, TlbReplacement.Lru).Sets<ThreeVectors>());
    }

    private static void FollowView<TView>(int sets, int ways)
        where TView : struct, ILruView<TView>
    {
        TlbArray array = Make(sets, ways, TlbReplacement.Lru), underView = Make(sets, ways, TlbReplacement.Lru);
        TView view = TView.Of(underView);
        var random = new RandomStream(9);
        for (int step = 0; step < 5000; step++)
        {
            ulong key = TlbEntry.Key(random.Below((ulong)(2 * sets * ways)), (int)random.Below(Asids), PageSize.Base);
            ulong rights = random.Below(2) * TlbEntry.StoreAllowed;
            ulong entry = array.Lookup(key);
            view.Lookup(key).ShouldBe(entry);
            if (entry == 0)
            {
                array.Insert(key | rights, false);
                view.Insert(key | rights);
            }
            else if (rights != 0)
            {
                array.Insert(key | rights, true);
                view.Renew(key | rights);
            }
            if (random.Below(10) != 0) continue;
            array.Invalidate(key);
            underView.Invalidate(key);
            underView.Entries().ShouldBe(array.Entries());
        }
    }

    private static void Follow(int sets, int ways, TlbReplacement replacement, int spread, ulong seed)
    {
        TlbArray array = Make(sets, ways, replacement);
        var model = new TlbSetModel[sets];
        for (int set = 0; set < sets; set++) model[set] = new TlbSetModel(ways, replacement);
        var random = new RandomStream(seed);
        for (int step = 0; step < 2000; step++)
        {
            PageSize size = _sizes[random.Below(8) is 0 ? 1 + random.Below(2) : 0];
            ulong page = random.Below((ulong)(spread * sets * ways)) << (9 * (int)size);
            ulong key = TlbEntry.Key(page, (int)random.Below(Asids), size);
            TlbSetModel set = model[SetOf(key, sets)];
            switch (random.Below(100))
            {
                case < 8:
                    array.Invalidate(key);
                    set.RemoveAll(other => other == key);
                    break;
                case < 9:
                    int asid = (int)random.Below(Asids);
                    array.Clear(asid);
                    foreach (TlbSetModel each in model) each.RemoveAll(other => TlbEntry.AsidOf(other) == asid);
                    break;
                case < 20:
                    array.Insert(key | TlbEntry.StoreAllowed, true);
                    set.Insert(key);
                    break;
                default:
                    bool hit = set.Lookup(key);
                    if (array.Lookup(key) != 0 != hit) throw new InvalidOperationException($"step {step}: the model says {(hit ? "hit" : "miss")}");
                    if (hit) break;
                    array.Insert(key, false);
                    set.Insert(key);
                    break;
            }
            if (step % 100 == 0) Compare();
        }
        Compare();
        array.Clear();
        array.Entries().ShouldBeEmpty();

        void Compare()
        {
            ulong[] held = array.Entries().Select(entry => entry & ~TlbEntry.StoreAllowed).Order().ToArray();
            held.ShouldBe(model.SelectMany(each => each.Keys).Order().ToArray());
            held.Distinct().Count().ShouldBe(held.Length);
        }
    }

    private static int MissesOfCycle(int sets, int ways, int pages)
    {
        TlbArray array = Make(sets, ways, TlbReplacement.Lru);
        int misses = 0;
        for (int reference = 0; reference < 4 * pages; reference++)
        {
            ulong key = TlbEntry.Key((ulong)(reference % pages), 0, PageSize.Base);
            if (array.Lookup(key) != 0) continue;
            misses++;
            array.Insert(key, false);
        }
        return misses;
    }

    private static int SetOf(ulong key, int sets) => (int)((TlbEntry.PageOf(key) >> (9 * (int)TlbEntry.SizeOf(key))) % (ulong)sets);

    private static TlbArray Make(int sets, int ways, TlbReplacement replacement) => new(new TlbArraySpec(sets * ways, ways, _sizes, replacement), 1);
}
