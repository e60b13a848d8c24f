using System;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class IndependentReferenceExtremesTests
{
    /// <summary>Equal probabilities leave no policy a choice: every one misses 1 - C / N.</summary>
    [Theory]
    [InlineData(10, 3)]
    [InlineData(400, 200)]
    [InlineData(400, 399)]
    public void UniformReferencesMissWhateverThePolicy(int pages, int capacity)
    {
        double[] uniform = Zipf.Probabilities(pages, 0);
        double expected = 1 - (double)capacity / pages;

        LruExact.MissRatio(uniform, capacity).ShouldBe(expected, 1e-10);
        FifoProductForm.MissRatio(uniform, capacity).ShouldBe(expected, 1e-10);
        AhoDenningUllman.MissRatio(uniform, capacity).ShouldBe(expected, 1e-10);
        CheApproximation.LruMissRatio(uniform, capacity).ShouldBe(expected, 1e-10);
        CheApproximation.FifoMissRatio(uniform, capacity).ShouldBe(expected, 1e-10);
    }

    /// <summary>Where e_C itself is some 10^-4000. Che's approximations are known to become exact as the model grows.</summary>
    [Theory]
    [InlineData(2000, 20)]
    [InlineData(2000, 1000)]
    [InlineData(2000, 1990)]
    public void TwoThousandPagesDoNotUnderflow(int pages, int capacity)
    {
        double[] zipf = Zipf.Probabilities(pages, 0.8);

        LruExact.MissRatio(zipf, capacity).ShouldBe(CheApproximation.LruMissRatio(zipf, capacity), 5e-4);
        FifoProductForm.MissRatio(zipf, capacity).ShouldBe(CheApproximation.FifoMissRatio(zipf, capacity), 1e-3);
    }

    /// <summary>
    /// Pages a and b share nearly everything, r comes once in 10^12. In two frames r misses and evicts a, say; the next a misses, and
    /// evicts r if there was a b in between. Half of the time there was not, and then b misses too: 2.5 misses for each r.
    /// </summary>
    [Fact]
    public void AVeryRarePageIsNotLost()
    {
        const double Rare = 1e-12;
        double[] pages = [0.5, 0.5 - Rare, Rare];

        LruExact.MissRatio(pages, 2).ShouldBe(2.5 * Rare, 1e-4 * Rare);
    }

    [Fact]
    public void PagesThatAreNeverReferencedDoNotCount()
    {
        double[] referenced = Zipf.Probabilities(20, 0.8);
        double[] pages = [.. referenced, 0, 0];

        LruExact.MissRatio(pages, 20).ShouldBe(0);
        FifoProductForm.MissRatio(pages, 6).ShouldBe(FifoProductForm.MissRatio(referenced, 6), 1e-14);
    }

    [Fact]
    public void ProbabilitiesThatDoNotSumToOneAreRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => LruExact.MissRatio([0.5, 0.4], 1));
}
