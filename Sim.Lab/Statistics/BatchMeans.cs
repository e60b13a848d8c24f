using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// An interval from one long run: the series is cut into batches long enough to be almost independent, and their means are
/// treated as replications (A. M. Law, "Simulation Modeling and Analysis", 5th ed. 2015, section 9.5.3). Whether they were
/// long enough is told by the lag-one autocorrelation of the means, which for k independent ones is about normal with
/// variance (k - 2) / (k^2 - 1) (G. S. Fishman, "Grouping observations in digital simulation", Management Science 24(5), 1978).
/// </summary>
/// <param name="LagOneCorrelation">NaN with fewer than three batches; zero where the means do not vary.</param>
public readonly record struct BatchMeans(ConfidenceInterval Interval, int BatchSize, double LagOneCorrelation)
{
    /// <summary>
    /// More than 30 buy little and cost independence, fewer than 10 make a wide interval: B. Schmeiser, "Batch size effects in the
    /// analysis of simulation output", Operations Research 30(3), 1982.
    /// </summary>
    public const int DefaultBatches = 20;

    /// <summary>One-sided 5 % point of the normal distribution: only positive correlation makes an interval too narrow.</summary>
    private const double NormalFivePercent = 1.6448536269514722;

    /// <summary>False where the means are correlated, so that the interval is too narrow, or too few to tell.</summary>
    public bool AreIndependent
    {
        get
        {
            double k = Interval.Count;
            return LagOneCorrelation <= NormalFivePercent * Math.Sqrt((k - 2) / (k * k - 1));
        }
    }

    /// <summary>Observations that do not fill a batch are dropped from the front, where the warm-up was.</summary>
    public static BatchMeans Of(
        ReadOnlySpan<double> series, int batches = DefaultBatches, double level = ConfidenceInterval.DefaultLevel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 2);
        int size = series.Length / batches;
        if (size == 0)
            return new BatchMeans(ConfidenceInterval.Of([], level), 0, double.NaN);

        ReadOnlySpan<double> used = series[(series.Length - size * batches)..];
        var means = new double[batches];
        for (int i = 0; i < batches; i++)
            means[i] = Moments.Of(used.Slice(i * size, size)).Mean;
        return new BatchMeans(ConfidenceInterval.Of(means, level), size, LagOne(means));
    }

    private static double LagOne(ReadOnlySpan<double> means)
    {
        if (means.Length < 3)
            return double.NaN;

        Moments moments = Moments.Of(means);
        if (moments.SquaredDeviations == 0)
            return 0;

        double products = 0;
        for (int i = 1; i < means.Length; i++)
            products += (means[i] - moments.Mean) * (means[i - 1] - moments.Mean);
        return products / moments.SquaredDeviations;
    }
}
