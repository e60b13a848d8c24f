using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;
using Xunit;

namespace Sim.Tests.Workloads;

public sealed class DeterministicModelTests
{
    [Fact]
    public void SequentialWrapsAtTheRegionsEnd()
        => Models.Draw("sequential", new SequentialOptions { Start = 3 }, pages: 5, 8).ShouldBe([3u, 4u, 0u, 1u, 2u, 3u, 4u, 0u]);

    [Fact]
    public void AStrideThatDoesNotDivideTheRegionComesToEveryPage()
        => Models.Draw("strided", new StridedOptions { Stride = 3, Offset = 1 }, pages: 8, 9).ShouldBe([1u, 4u, 7u, 2u, 5u, 0u, 3u, 6u, 1u]);

    [Fact]
    public void AStrideThatDividesTheRegionStaysOnItsResidueClass()
        => Models.Draw("strided", new StridedOptions { Stride = 4, Offset = 1 }, pages: 8, 4).ShouldBe([1u, 5u, 1u, 5u]);

    [Fact]
    public void ALoopTakesTheFirstPages()
        => Models.Draw("loop", new LoopOptions { Pages = 3 }, pages: 8, 7).ShouldBe([0u, 1u, 2u, 0u, 1u, 2u, 0u]);

    [Fact]
    public void ASawtoothTurnsAtEachEndPageOnce()
        => Models.Draw("sawtooth", new SawtoothOptions { Pages = 4 }, pages: 8, 9).ShouldBe([0u, 1u, 2u, 3u, 2u, 1u, 0u, 1u, 2u]);

    [Fact]
    public void ASawtoothOfOnePageStaysThere()
        => Models.Draw("sawtooth", new SawtoothOptions { Pages = 1 }, pages: 8, 3).ShouldBe([0u, 0u, 0u]);

    [Fact]
    public void PointerChaseIsASingleCycleThroughAllPages()
    {
        const int Pages = 1000;
        uint[] references = Models.Draw("pointer-chase", new NoOptions(), Pages, (2 * Pages) + 1);
        references.Take(Pages).Distinct().Count().ShouldBe(Pages);
        references.Skip(Pages).Take(Pages).ShouldBe(references.Take(Pages));
        references[2 * Pages].ShouldBe(references[0]);
    }

    [Fact]
    public void PointerChaseDrawsAllCyclesAlike()
    {
        // 4 pages have 3! = 6 cycles; chi-square with 5 degrees of freedom exceeds 20.5 once in a thousand seeds.
        var counts = new double[4, 4, 4];
        const int Seeds = 6000;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            uint[] order = Models.Draw("pointer-chase", new NoOptions(), 4, 8, seed);
            int zero = System.Array.IndexOf(order, 0u);
            counts[order[zero + 1], order[zero + 2], order[zero + 3]]++;
        }
        double[] seen = counts.Cast<double>().Where(count => count > 0).ToArray();
        seen.Length.ShouldBe(6);
        ChiSquare.Statistic(seen, Enumerable.Repeat(Seeds / 6.0, 6).ToArray()).ShouldBeLessThan(20.5);
    }

    [Fact]
    public void AScheduleRunsItsStepsInTurnAndEachGoesOnWhereItStopped()
    {
        var loop = new ModelSpec("loop", new LoopOptions());
        ScheduleStep[] steps = [new() { Model = loop, Count = 2, Pages = 3 }, new() { Model = loop, Count = 3, First = 5, Pages = 2 }];
        Models.Draw("schedule", new ScheduleOptions { Steps = steps }, pages: 8, 10).ShouldBe([0u, 1u, 5u, 6u, 5u, 2u, 0u, 6u, 5u, 6u]);
        Models.Draw("schedule", new ScheduleOptions { Steps = steps, Repeat = false }, pages: 8, 8).ShouldBe([0u, 1u, 5u, 6u, 5u, 6u, 5u, 6u]);
    }

    [Fact]
    public void AMixtureKeepsTheOrderOfEachPart()
    {
        var loop = new ModelSpec("loop", new LoopOptions());
        MixturePart[] parts = [new() { Model = loop, Weight = 3, Pages = 10 }, new() { Model = loop, Weight = 1, First = 10 }, new() { Model = loop, Weight = 0 }];
        uint[] references = Models.Draw("mixture", new MixtureOptions { Parts = parts }, pages: 100, 10_000);
        uint[] first = references.Where(page => page < 10).ToArray();
        first.ShouldBe(Enumerable.Range(0, first.Length).Select(i => (uint)(i % 10)));
        // A share of 3/4 of 10000 has a standard deviation of 43.
        first.Length.ShouldBeInRange(7500 - 172, 7500 + 172);
    }
}
