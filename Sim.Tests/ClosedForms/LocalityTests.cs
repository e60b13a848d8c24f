using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class LocalityTests
{
    /// <summary>L(x) / x of the Chamberlin-Fuller-Liu curve is 2 B x / (x^2 + d^2), greatest at x = d.</summary>
    [Fact]
    public void TheKneeOfAnSShapedCurveIsWhereARayTouchesIt()
    {
        double[] memory = [.. Enumerable.Range(1, 100).Select(x => (double)x)];
        double[] lifetime = [.. memory.Select(x => 2 * 500 / (1 + 40 / x * (40 / x)))];

        LifetimeFunction.Knee(memory, lifetime).ShouldBe(new LifetimeKnee(39, 40, 500));
    }

    [Fact]
    public void IndependentReferencesHaveNoKnee()
    {
        double[] pages = Zipf.Probabilities(60, 0.8);
        double[] memory = [.. Enumerable.Range(1, 50).Select(x => (double)x)];
        double[] lifetime = [.. memory.Select(x => 1 / CheApproximation.LruMissRatio(pages, (int)x))];

        LifetimeFunction.Knee(memory, lifetime).ShouldBeNull();
    }

    [Fact]
    public void PointsWithoutAFaultAreNoKnee() =>
        LifetimeFunction.Knee([1, 2, 3, 4], [1, 5, 6, double.PositiveInfinity])!.Value.Memory.ShouldBe(2);
}
