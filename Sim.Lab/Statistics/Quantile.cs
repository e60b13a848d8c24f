using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// Sample quantiles by linear interpolation between the order statistics, definition 7 of R. J. Hyndman and Y. Fan,
/// "Sample quantiles in statistical packages", The American Statistician 50(4), 1996: what R, NumPy and spreadsheets give.
/// </summary>
public static class Quantile
{
    /// <param name="sorted">Ascending. Nothing has no quantile: NaN.</param>
    /// <param name="fraction">0 is the minimum, 0.5 the median, 1 the maximum.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double fraction)
    {
        if (!(fraction >= 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A quantile's fraction lies between 0 and 1.");
        if (sorted.IsEmpty)
            return double.NaN;

        double position = fraction * (sorted.Length - 1);
        int below = (int)position;
        double weight = position - below;
        return weight == 0 ? sorted[below] : sorted[below] + weight * (sorted[below + 1] - sorted[below]);
    }

    public static double Of(ReadOnlySpan<double> sample, double fraction)
    {
        double[] sorted = sample.ToArray();
        Array.Sort(sorted);
        return OfSorted(sorted, fraction);
    }
}
