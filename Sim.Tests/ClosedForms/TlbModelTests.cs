using System;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class TlbModelTests
{
    [Fact]
    public void ReachIsEntriesTimesPageSize() => TlbModel.Reach(1536, 4096).ShouldBe(6L << 20);

    [Theory]
    [InlineData(1, 64, 64, 0)]
    [InlineData(1, 64, 65, 1)]
    [InlineData(16, 4, 64, 0)]
    [InlineData(16, 4, 65, 5.0 / 65)]
    [InlineData(16, 4, 72, 40.0 / 72)]
    [InlineData(16, 4, 80, 1)]
    public void ALoopBeyondTheReachThrashesItsFullSets(int sets, int ways, long pages, double expected) =>
        TlbModel.CyclicMissRatio(sets, ways, pages).ShouldBe(expected, 1e-15);

    [Theory]
    [InlineData(16, 4, 72)]
    [InlineData(8, 2, 19)]
    public void TheFormulaIsWhatLruInEachSetDoes(int sets, int ways, int pages)
    {
        // Most recently used first.
        var tags = new int[sets][];
        for (int set = 0; set < sets; set++)
            Array.Fill(tags[set] = new int[ways], -1);

        int misses = 0;
        for (int time = 0; time < 20 * pages; time++)
        {
            int page = time % pages;
            int[] set = tags[page % sets];
            int way = Array.IndexOf(set, page);
            if (way < 0 && time >= 10 * pages)
                misses++;
            Array.Copy(set, 0, set, 1, way < 0 ? ways - 1 : way);
            set[0] = page;
        }

        (misses / (10.0 * pages)).ShouldBe(TlbModel.CyclicMissRatio(sets, ways, pages), 1e-15);
    }

    /// <summary>Four levels; three are skipped half of the time, two a fifth: 4 - 3 * 0.5 - 2 * 0.2.</summary>
    [Fact]
    public void WalkCachesSkipUpperLevels() => TlbModel.WalkReferences(4, [0, 0.2, 0.5]).ShouldBe(2.1, 1e-15);

    [Fact]
    public void TheLastLevelIsAlwaysRead() =>
        Should.Throw<ArgumentException>(() => TlbModel.WalkReferences(4, [0, 0, 0.5, 0.5]));

    [Fact]
    public void TheMeanTranslationIsAWeightedSum()
    {
        TlbModel.EffectiveAccessTime(0.98, 1, 100).ShouldBe(3, 1e-12);
        TlbModel.EffectiveAccessTime(0.98, 1, 100, 1e-6, 8e6).ShouldBe(11, 1e-12);
    }
}
