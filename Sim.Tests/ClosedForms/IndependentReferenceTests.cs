using System;
using System.Linq;
using MathNet.Numerics.Integration;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class IndependentReferenceTests
{
    private const int Capacity = 6;
    private static readonly double[] _golden = Zipf.Probabilities(20, 0.8);

    [Fact]
    public void FifoAndRandomFollowTheProductForm() => FifoProductForm.MissRatio(_golden, Capacity).ShouldBe(0.5746222, 5e-8);

    [Fact]
    public void LruIsExact() => LruExact.MissRatio(_golden, Capacity).ShouldBe(0.5448849, 5e-8);

    [Fact]
    public void ChesTimeComesCloseToBoth()
    {
        CheApproximation.LruMissRatio(_golden, Capacity).ShouldBe(0.5462333, 5e-8);
        CheApproximation.FifoMissRatio(_golden, Capacity).ShouldBe(0.5812843, 5e-8);
    }

    [Fact]
    public void A0KeepsTheHottestPages() => AhoDenningUllman.MissRatio(_golden, Capacity).ShouldBe(0.4162550, 5e-8);

    [Fact]
    public void KingsSumAndTheIntegralAgree()
    {
        double[] pages = Zipf.Probabilities(8, 0.8);

        BruteForce.King(pages, 3).ShouldBe(0.52123157, 5e-9);
        LruExact.MissRatio(pages, 3).ShouldBe(0.52123157, 5e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryCapacityOfASmallModelMatchesEnumeration(double alpha)
    {
        double[] pages = Zipf.Probabilities(7, alpha, shift: 0.5);
        for (int capacity = 0; capacity <= 7; capacity++)
        {
            LruExact.MissRatio(pages, capacity).ShouldBe(BruteForce.King(pages, capacity), 1e-11);
            FifoProductForm.MissRatio(pages, capacity).ShouldBe(BruteForce.ProductForm(pages, capacity), 1e-12);
        }
    }

    /// <summary>The integral as Flajolet, Gardy and Thimonier have it, a distribution for each page left out.</summary>
    [Fact]
    public void TheSecondMomentFormIsTheIntegralOfTheLiterature()
    {
        double hit = 0;
        for (int i = 0; i < _golden.Length; i++)
        {
            double p = _golden[i];
            double[] others = [.. _golden.Where((_, j) => j != i)];
            // In x = ln t, between bounds outside of which nothing is left.
            hit += p * GaussLegendreRule.Integrate(Integrand, -40, 12, 512);

            double Integrand(double x)
            {
                double t = Math.Exp(x);
                double[] seen = [.. others.Select(q => 1 - Math.Exp(-q * t))];
                return t * p * Math.Exp(-p * t) * PoissonBinomial.Distribution(seen, Capacity - 1).Sum();
            }
        }

        LruExact.MissRatio(_golden, Capacity).ShouldBe(1 - hit, 1e-12);
    }

    [Fact]
    public void NoPolicyBeatsA0AndFifoTrailsLru()
    {
        for (int capacity = 1; capacity < 20; capacity++)
        {
            double lru = LruExact.MissRatio(_golden, capacity);
            AhoDenningUllman.MissRatio(_golden, capacity).ShouldBeLessThanOrEqualTo(lru + 1e-12);
            lru.ShouldBeLessThanOrEqualTo(FifoProductForm.MissRatio(_golden, capacity) + 1e-12);
        }
    }

    [Fact]
    public void ZipfIsNormalisedAndShifted()
    {
        Zipf.Probabilities(3, 1).ShouldBe([6 / 11.0, 3 / 11.0, 2 / 11.0], 1e-15);
        Zipf.Probabilities(2, 1, shift: 1).ShouldBe([0.6, 0.4], 1e-15);
        Zipf.Probabilities(4, 0).ShouldBe([0.25, 0.25, 0.25, 0.25], 1e-15);
    }
}
