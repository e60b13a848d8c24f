using System;
using System.IO;
using Shouldly;
using Sim.Core.Engine;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Workloads;

/// <summary>The traces under Data/replacement, whose README gives a hash of each and tells how they were generated.</summary>
public sealed class RecordedTraceTests
{
    [Theory]
    [InlineData("zipf10_20k", 200_000, 0x3200867b19d57673)]
    [InlineData("loop6k", 200_000, 0x2c704ae3960fe7c3)]
    [InlineData("scanzipf", 300_000, 0x050c80ecd583af57)]
    [InlineData("stackdist", 250_000, 0xee09343614386a53)]
    [InlineData("phases", 300_000, 0x917aa491aed86d1b)]
    [InlineData("loops2", 250_000, 0x31fa66a6c964fca3)]
    public void TheIdsReadHaveTheHashOfTheReadme(string name, int references, ulong hash)
    {
        PageTrace trace = PageTrace.Read(Path.Combine(AppContext.BaseDirectory, "Data", "replacement", $"{name}.txt.gz"));
        trace.Length.ShouldBe(references);
        var ids = new ulong[trace.Length];
        for (int i = 0; i < ids.Length; i++) ids[i] = trace.Ids[(int)trace.References[i]];
        Hash(ids).ShouldBe(hash);
    }

    /// <summary>Proves the generator: xoshiro256**, its seeding, its doubles and bounded numbers, bit for bit.</summary>
    [Fact]
    public void TheZipfTraceIsGeneratedAgainFromItsSeed()
    {
        const int Pages = 20_000;
        const ulong Seed = 1001;
        var cumulative = new double[Pages];
        double sum = 0;
        for (int rank = 1; rank <= Pages; rank++) cumulative[rank - 1] = sum += Math.Pow(rank, -1.0);
        var pageOf = new ulong[Pages];
        for (int i = 0; i < Pages; i++) pageOf[i] = (ulong)i + 1;
        var shuffle = new RandomStream(Seed ^ 0x9E3779B97F4A7C15UL);
        for (int i = Pages - 1; i > 0; i--)
        {
            int other = (int)shuffle.Below((ulong)(i + 1));
            (pageOf[i], pageOf[other]) = (pageOf[other], pageOf[i]);
        }
        var random = new RandomStream(Seed);
        var ids = new ulong[200_000];
        for (int i = 0; i < ids.Length; i++)
        {
            double target = random.NextDouble() * sum;
            int low = 0, high = Pages - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (cumulative[middle] > target) high = middle;
                else low = middle + 1;
            }
            ids[i] = pageOf[low];
        }
        Hash(ids).ShouldBe(0x3200867b19d57673UL);
    }

    private static ulong Hash(ReadOnlySpan<ulong> words)
    {
        ulong hash = 1469598103934665603;
        foreach (ulong word in words) hash = (hash ^ (uint)word) * 1099511628211;
        return hash;
    }
}
