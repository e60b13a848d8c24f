using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Statistics;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class LocalityTests
{
    [Fact]
    public void TheKneeIsHoldingTimeOverEnteringPages()
    {
        DenningKahn.KneeLifetime(localitySize: 30, meanHoldingTime: 2500).ShouldBe(83.3333, 5e-5);
        DenningKahn.KneeLifetime(localitySize: 30, meanHoldingTime: 2500, overlap: 5).ShouldBe(100);
    }

    /// <summary>Four localities drawn alike: one draw in four changes nothing.</summary>
    [Fact]
    public void DrawingTheSameLocalityAgainLengthensTheHoldingTime() =>
        DenningKahn.ObservedHoldingTime(300, [0.25, 0.25, 0.25, 0.25]).ShouldBe(400, 1e-10);

    [Fact]
    public void AnOverlapOfTheWholeLocalityIsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DenningKahn.KneeLifetime(30, 2500, overlap: 30));

    /// <summary>L(x) / x of the Chamberlin-Fuller-Liu curve is 2 B x / (x^2 + d^2), greatest at x = d.</summary>
    [Fact]
    public void TheKneeOfAnSShapedCurveIsWhereARayTouchesIt()
    {
        double[] memory = [.. Enumerable.Range(1, 100).Select(x => (double)x)];
        double[] lifetime = [.. memory.Select(x => LifetimeFunction.ChamberlinFullerLiu(x, b: 500, d: 40))];

        LifetimeFunction.Knee(memory, lifetime).ShouldBe(new LifetimeKnee(39, 40, 500));
    }

    [Fact]
    public void IndependentReferencesHaveNoKnee()
    {
        double[] pages = Zipf.Probabilities(60, 0.8);
        double[] memory = [.. Enumerable.Range(1, 50).Select(x => (double)x)];
        double[] lifetime = [.. memory.Select(x => LifetimeFunction.FromMissRatio(CheApproximation.LruMissRatio(pages, (int)x)))];

        LifetimeFunction.Knee(memory, lifetime).ShouldBeNull();
    }

    [Fact]
    public void PointsWithoutAFaultAreNoKnee() =>
        LifetimeFunction.Knee([1, 2, 3, 4], [1, 5, 6, LifetimeFunction.FromMissRatio(0)])!.Value.Memory.ShouldBe(2);

    [Fact]
    public void TheConvexPartGivesItsExponentBack()
    {
        double[] memory = [10, 20, 30, 40];
        double[] lifetime = [.. memory.Select(x => LifetimeFunction.BeladyKuehner(x, a: 0.02, k: 1.8))];

        LogLogFit.Of(memory, lifetime).Exponent.ShouldBe(1.8, 1e-12);
    }

    [Theory]
    [InlineData(50, 100, 0.5)]
    [InlineData(200, 100, 1)]
    public void UtilisationIsBoundByLifetimeOverSwapService(double lifetime, double swapService, double expected) =>
        LifetimeFunction.UtilisationBound(lifetime, swapService).ShouldBe(expected);

    [Fact]
    public void LruMissesTheDistancesBeyondItsCapacity()
    {
        double[] distances = [0.5, 0.2, 0.15, 0.1];

        LruStackModel.MissRatio(distances, neverSeen: 0.05, capacity: 0).ShouldBe(1, 1e-15);
        LruStackModel.MissRatio(distances, neverSeen: 0.05, capacity: 2).ShouldBe(0.3, 1e-15);
        LruStackModel.MissRatio(distances, neverSeen: 0.05, capacity: 9).ShouldBe(0.05);
    }

    [Fact]
    public void ThePowerLawsTailIsItsMissRatio()
    {
        double[] distances = LruStackModel.PowerLawDistances(1000, b: 8, beta: 1.5);
        double beyond = LruStackModel.PowerLawTail(1000, b: 8, beta: 1.5);

        LruStackModel.PowerLawTail(24, b: 8, beta: 1.5).ShouldBe(0.125, 1e-15);
        LruStackModel.MissRatio(distances, beyond, 24).ShouldBe(0.125, 1e-14);
    }
}
