using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// Where the warm-up ends. The series is averaged in batches of five; of all truncation points d the one is chosen that
/// minimises the squared standard error of what is left,
/// <code>z(d) = sum over i > d of (Y_i - mean)^2 / (n - d)^2.</code>
/// K. P. White, M. J. Cobb, S. C. Spratt, "A comparison of five steady-state truncation heuristics for simulation", WSC 2000.
/// The last five batches are no candidates, since a handful may agree by chance, and a minimum in the second half says
/// that the series never settled (K. Hoad, S. Robinson, R. Davies, "Automating warm-up length estimation", JORS 61(9), 2010).
/// </summary>
/// <param name="Batches">Batches of five to drop.</param>
/// <param name="Statistic">z at that point; NaN where there was nothing to choose from.</param>
/// <param name="IsTrustworthy">
/// False where the minimum lies in the second half, where the series has fewer than ten batches, or where it holds a NaN.
/// </param>
public readonly record struct Mser5(int Batches, double Statistic, bool IsTrustworthy)
{
    public const int BatchSize = 5;

    private const int LastBatchesKept = 5;
    private const int FewestBatches = 2 * LastBatchesKept;

    /// <summary>Observations to drop from the front of the series.</summary>
    public int Observations => Batches * BatchSize;

    public static Mser5 Of(ReadOnlySpan<double> series)
    {
        int batches = series.Length / BatchSize;
        if (batches < FewestBatches)
            return new Mser5(0, double.NaN, false);

        // From the back, so that one pass knows the mean and the spread of every suffix; on equal terms the shorter warm-up wins.
        var suffix = new Moments();
        int best = 0;
        double least = double.PositiveInfinity;
        for (int d = batches - 1; d >= 0; d--)
        {
            suffix.Add(Moments.Of(series.Slice(d * BatchSize, BatchSize)).Mean);
            double statistic = suffix.SquaredDeviations / ((double)suffix.Count * suffix.Count);
            if (double.IsNaN(statistic))
                return new Mser5(0, double.NaN, false);
            if (suffix.Count > LastBatchesKept && statistic <= least)
                (best, least) = (d, statistic);
        }
        return new Mser5(best, least, best <= batches / 2);
    }
}
