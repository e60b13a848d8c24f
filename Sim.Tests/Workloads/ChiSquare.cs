using System;

namespace Sim.Tests.Workloads;

/// <summary>Pearson's test of counts against a law.</summary>
internal static class ChiSquare
{
    /// <summary>The sum of (observed - expected)^2 / expected.</summary>
    public static double Statistic(ReadOnlySpan<double> observed, ReadOnlySpan<double> expected)
    {
        double sum = 0;
        for (int i = 0; i < observed.Length; i++) sum += Math.Pow(observed[i] - expected[i], 2) / expected[i];
        return sum;
    }

    /// <summary>What the statistic exceeds once in a thousand times: E. B. Wilson and M. M. Hilferty, PNAS 17(12), 1931.</summary>
    public static double Limit(int degrees)
    {
        const double Normal999 = 3.0902;
        double spread = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - spread + (Normal999 * Math.Sqrt(spread)), 3);
    }

    /// <summary>Fails where the counts of the references are not what the probabilities make likely.</summary>
    public static void ShouldFollow(ReadOnlySpan<uint> references, ReadOnlySpan<double> probabilities)
    {
        var observed = new double[probabilities.Length];
        var expected = new double[probabilities.Length];
        foreach (uint page in references) observed[page]++;
        for (int i = 0; i < expected.Length; i++) expected[i] = probabilities[i] * references.Length;
        double statistic = Statistic(observed, expected), limit = Limit(expected.Length - 1);
        if (statistic > limit) throw new Xunit.Sdk.XunitException($"chi-square {statistic:F1} exceeds {limit:F1}, which it does once in a thousand times");
    }
}
