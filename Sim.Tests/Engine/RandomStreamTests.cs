using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Engine;
using Xunit;

namespace Sim.Tests.Engine;

/// <summary>The random streams: the generator's known outputs, the naming of streams, and the ranges of the draws.</summary>
public sealed class RandomStreamTests
{
    /// <summary>xoshiro256** with its state filled by splitmix64(seed), as the reference code of both does.</summary>
    [Theory]
    [InlineData(0UL, 0x99EC5F36CB75F2B4UL, 0xBF6E1F784956452AUL, 0x1A5F849D4933E6E0UL, 0x6AA594F1262D2D2CUL)]
    [InlineData(42UL, 0x15780B2E0C2EC716UL, 0x6104D9866D113A7EUL, 0xAE17533239E499A1UL, 0xECB8AD4703B360A1UL)]
    [InlineData(ulong.MaxValue, 0x8F5520D52A7EAD08UL, 0xC476A018CAA1802DUL, 0x81DE31C0D260469EUL, 0xBF658D7E065F3C2FUL)]
    public void TheOutputsAreTheKnownOnes(ulong seed, params ulong[] expected)
    {
        var stream = new RandomStream(seed);
        foreach (ulong value in expected) stream.Next().ShouldBe(value);
    }

    [Fact]
    public void StreamsOfDifferentPathsReplicationsAndSeedsDiffer()
    {
        string[] paths = ["process/db/0/access", "process/db/1/access", "process/db/0/program", "reclaim", ""];
        var seeds = new HashSet<ulong>();
        foreach (string path in paths)
        {
            for (int replication = 0; replication < 20; replication++)
            {
                for (ulong seed = 0; seed < 20; seed++) seeds.Add(RandomStream.SeedOf(seed, replication, path)).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void TheSeedOfAStreamIsAMatterOfItsNameAlone()
    {
        ulong alone = RandomStream.SeedOf(42, 3, "process/db/0/access");
        RandomStream.SeedOf(42, 3, "process/web/0/access");
        RandomStream.SeedOf(42, 3, "process/db/0/access").ShouldBe(alone);
    }

    [Fact]
    public void StreamsOfNeighbouringNamesAreUncorrelated()
    {
        const int Draws = 100_000;
        var left = new RandomStream(RandomStream.SeedOf(42, 0, "process/db/0"));
        var right = new RandomStream(RandomStream.SeedOf(42, 0, "process/db/1"));
        double sum = 0;
        for (int i = 0; i < Draws; i++) sum += (left.NextDouble() - 0.5) * (right.NextDouble() - 0.5);
        double correlation = sum / Draws * 12;
        Math.Abs(correlation).ShouldBeLessThan(4 / Math.Sqrt(Draws));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(ulong.MaxValue)]
    public void BelowStaysBelowItsBound(ulong bound)
    {
        var stream = new RandomStream(1);
        for (int i = 0; i < 10_000; i++) stream.Below(bound).ShouldBeLessThan(bound);
    }

    [Fact]
    public void BelowIsUniform()
    {
        const int Draws = 70_000;
        var stream = new RandomStream(1);
        var counts = new int[7];
        for (int i = 0; i < Draws; i++) counts[stream.Below(7)]++;
        double chiSquare = counts.Sum(count => Math.Pow(count - (Draws / 7.0), 2) / (Draws / 7.0));
        chiSquare.ShouldBeLessThan(22.46, "6 degrees of freedom, 0.1 %");
    }

    [Fact]
    public void DoublesLieInTheUnitIntervalAndExponentialsHaveTheirMean()
    {
        const int Draws = 100_000;
        var stream = new RandomStream(1);
        double sum = 0;
        for (int i = 0; i < Draws; i++)
        {
            stream.NextDouble().ShouldBeInRange(0, Math.BitDecrement(1.0));
            double value = stream.NextExponential(5);
            value.ShouldBeGreaterThanOrEqualTo(0);
            sum += value;
        }
        (sum / Draws).ShouldBe(5, 4 * 5 / Math.Sqrt(Draws));
    }
}
