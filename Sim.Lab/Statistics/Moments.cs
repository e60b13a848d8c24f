using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// Count, mean and spread of a sample, gathered one observation at a time by the updating formulas of
/// B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4(3), 1962.
/// What the sample is too small to tell is NaN: the mean of nothing, the variance of one.
/// </summary>
public struct Moments
{
    private double _mean;

    public int Count { get; private set; }

    /// <summary>Sum of squared deviations from the mean.</summary>
    public double SquaredDeviations { get; private set; }

    public readonly double Mean => Count > 0 ? _mean : double.NaN;

    /// <summary>The unbiased estimate, with n - 1 below the line.</summary>
    public readonly double Variance => Count > 1 ? SquaredDeviations / (Count - 1) : double.NaN;

    public readonly double StandardError => Math.Sqrt(Variance / Count);

    public static Moments Of(ReadOnlySpan<double> sample)
    {
        var moments = new Moments();
        foreach (double observation in sample)
            moments.Add(observation);
        return moments;
    }

    public void Add(double observation)
    {
        Count++;
        double deviation = observation - _mean;
        _mean += deviation / Count;
        SquaredDeviations += deviation * (observation - _mean);
    }
}
