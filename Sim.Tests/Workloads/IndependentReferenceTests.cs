using System;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Synthetic.Sampling;
using Xunit;

namespace Sim.Tests.Workloads;

/// <summary>The independent reference models against their laws, with fixed seeds.</summary>
public sealed class IndependentReferenceTests
{
    [Fact]
    public void UniformReferencesEveryPageAlike()
        => ChiSquare.ShouldFollow(Models.Draw("uniform", new NoOptions(), 100, 200_000), Enumerable.Repeat(0.01, 100).ToArray());

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.8, 0)]
    [InlineData(1, 0)]
    [InlineData(1.5, 12.5)]
    public void ZipfFollowsItsLaw(double alpha, double shift)
    {
        uint[] references = Models.Draw("zipf", new ZipfOptions { Alpha = alpha, Shift = shift, Scatter = false }, 50, 300_000);
        ChiSquare.ShouldFollow(references, Law(50, alpha, shift));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.8, 0)]
    [InlineData(1, 0)]
    [InlineData(1.00001, 0)]
    [InlineData(3, 0.5)]
    [InlineData(20, 1e9)]
    public void RejectionInversionFollowsTheSameLaw(double alpha, double shift)
    {
        var sampler = new RejectionInversion(20, alpha, shift);
        var random = new RandomStream(5);
        var references = new uint[200_000];
        for (int i = 0; i < references.Length; i++) references[i] = (uint)sampler.Sample(ref random) - 1;
        double[] law = Law(20, alpha, shift);
        ChiSquare.ShouldFollow(references, law);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.7, 0)]
    [InlineData(1, 1000)]
    public void ZipfFollowsItsLawBeyondTheTableOfFirstRanks(double alpha, double shift)
    {
        // 100 classes of 1000 ranks each, of which the first 65 are in the table.
        uint[] references = Models.Draw("zipf", new ZipfOptions { Alpha = alpha, Shift = shift, Scatter = false }, 100_000, 300_000);
        double[] law = Law(100_000, alpha, shift).Chunk(1000).Select(chunk => chunk.Sum()).ToArray();
        ChiSquare.ShouldFollow(references.Select(page => page / 1000).ToArray(), law);
    }

    [Fact]
    public void AScatteredZipfHasTheSamePopularitiesAtOtherPages()
    {
        uint[] references = Models.Draw("zipf", new ZipfOptions(), 50, 300_000);
        int[] counts = references.GroupBy(page => page).OrderByDescending(group => group.Count()).Select(group => (int)group.Key).ToArray();
        counts.Length.ShouldBe(50);
        counts.ShouldNotBe(Enumerable.Range(0, 50));
        double hottest = references.Count(page => page == counts[0]) / 300_000.0;
        hottest.ShouldBe(Law(50, 1, 0)[0], tolerance: 0.003);
    }

    [Fact]
    public void LargeRegionsFollowTheLawFromHeadToTail()
    {
        const long Pages = Zipf.StoredPages + 1;
        uint[] references = Models.Draw("zipf", new ZipfOptions { Scatter = false }, Pages, 100_000);
        // The hundred most popular of 2^24 pages have H(100) / H(2^24) = 5.18738 / 17.21275 of the references; the standard deviation is 0.0015.
        (references.Count(page => page < 100) / 100_000.0).ShouldBe(0.30137, tolerance: 0.006);
        // And the first million H(10^6) / H(2^24) = 14.39273 / 17.21275.
        (references.Count(page => page < 1_000_000) / 100_000.0).ShouldBe(0.83617, tolerance: 0.005);
        uint[] scattered = Models.Draw("zipf", new ZipfOptions(), Pages, 100_000);
        scattered.Distinct().Count().ShouldBe(references.Distinct().Count());
        scattered.Count(page => page < 100).ShouldBeLessThan(1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(4096)]
    public void AFeistelPermutationIsOne(int count)
    {
        var permutation = new FeistelPermutation(count, 3);
        Enumerable.Range(0, count).Select(i => permutation[(ulong)i]).Distinct().Count(page => page < (ulong)count).ShouldBe(count);
    }

    [Fact]
    public void HotPagesTakeTheirShare()
    {
        uint[] references = Models.Draw("hot-cold", new HotColdOptions { HotFraction = 0.1, HotShare = 0.9 }, 100, 200_000);
        ChiSquare.ShouldFollow(references, Enumerable.Range(0, 100).Select(page => page < 10 ? 0.09 : 0.1 / 90).ToArray());
    }

    /// <summary>s(tau) of Denning and Schwartz, CACM 15(3), 1972: the sum of 1 - (1 - p)^tau; here 20 pages, alpha 0.8.</summary>
    [Theory]
    [InlineData(15, 9.2431478)]
    [InlineData(40, 0)]
    public void TheWorkingSetOfAZipfHasTheMeanSizeOfTheFormula(int window, double known)
    {
        double[] isIn = Law(20, 0.8, 0).Select(p => 1 - Math.Pow(1 - p, window)).ToArray();
        double expected = isIn.Sum();
        if (known > 0) expected.ShouldBe(known, tolerance: 1e-6);
        uint[] references = Models.Draw("zipf", new ZipfOptions { Alpha = 0.8 }, 20, 400_000);
        // Pages exclude each other, so the sizes' variance is at most the sum of the pages'; sizes a window apart are independent.
        double deviation = Math.Sqrt(isIn.Sum(p => p * (1 - p)) * window / references.Length);
        WorkingSet.MeanSize(references, 20, window).ShouldBe(expected, tolerance: 4 * deviation);
    }

    private static double[] Law(int pages, double alpha, double shift)
    {
        double[] weights = Enumerable.Range(1, pages).Select(rank => Math.Pow((rank + shift) / (1 + shift), -alpha)).ToArray();
        double sum = weights.Sum();
        return weights.Select(weight => weight / sum).ToArray();
    }
}
