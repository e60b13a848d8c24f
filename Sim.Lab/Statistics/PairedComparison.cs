using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// Two systems under common random numbers: replication i of one is paired with replication i of the other, and the
/// differences are judged by the paired t-test (A. M. Law, "Simulation Modeling and Analysis", 5th ed. 2015,
/// sections 10.2.1 and 11.2).
/// </summary>
/// <param name="Difference">Interval of first - second.</param>
/// <param name="TStatistic">Mean difference over its standard error; infinite where all differences are the same and not zero.</param>
/// <param name="PValue">Two-sided. One where the two never differ; NaN with fewer than two pairs.</param>
/// <param name="VarianceRatio">Var[first - second] / (Var[first] + Var[second]): below one, the common random numbers paid.</param>
public readonly record struct PairedComparison(ConfidenceInterval Difference, double TStatistic, double PValue, double VarianceRatio)
{
    /// <summary>Whether zero lies outside the interval. False where the interval is not known.</summary>
    public bool IsSignificant => Difference.IsDefined && !Difference.Contains(0);

    public static PairedComparison Of(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = ConfidenceInterval.DefaultLevel)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"Pairs need as many replications of one as of the other, not {first.Length} and {second.Length}.");

        var differences = new Moments();
        for (int i = 0; i < first.Length; i++)
            differences.Add(first[i] - second[i]);

        var interval = ConfidenceInterval.Of(differences, level);
        double ratio = differences.Variance / (Moments.Of(first).Variance + Moments.Of(second).Variance);
        if (differences.Count < 2)
            return new PairedComparison(interval, double.NaN, double.NaN, ratio);

        bool neverDiffer = differences is { Mean: 0, SquaredDeviations: 0 };
        double t = neverDiffer ? 0 : differences.Mean / differences.StandardError;
        return new PairedComparison(interval, t, StudentT.TwoSidedTail(t, differences.Count - 1), ratio);
    }
}
