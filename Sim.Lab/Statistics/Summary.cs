using System;

namespace Sim.Lab.Statistics;

/// <summary>A sample at a glance. What the sample is too small to tell is NaN, and one NaN in it makes every figure NaN.</summary>
public sealed record Summary(
    int Count,
    double Mean,
    double StandardDeviation,
    double Minimum,
    double P5,
    double P25,
    double Median,
    double P75,
    double P95,
    double P99,
    double Maximum)
{
    public static Summary Of(ReadOnlySpan<double> sample)
    {
        Moments moments = Moments.Of(sample);
        double[] sorted = sample.ToArray();
        Array.Sort(sorted);
        // NaN sorts first and would otherwise pass for the minimum while leaving the upper quantiles looking sound.
        if (sorted.Length > 0 && double.IsNaN(sorted[0]))
            Array.Fill(sorted, double.NaN);

        return new Summary(
            moments.Count,
            moments.Mean,
            moments.StandardDeviation,
            Quantile.OfSorted(sorted, 0),
            Quantile.OfSorted(sorted, 0.05),
            Quantile.OfSorted(sorted, 0.25),
            Quantile.OfSorted(sorted, 0.50),
            Quantile.OfSorted(sorted, 0.75),
            Quantile.OfSorted(sorted, 0.95),
            Quantile.OfSorted(sorted, 0.99),
            Quantile.OfSorted(sorted, 1));
    }
}
