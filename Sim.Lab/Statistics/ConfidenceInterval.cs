using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// A mean and how far it may be off: mean +- t(level, n - 1) s / sqrt(n), Student's t over independent replications
/// (A. M. Law, "Simulation Modeling and Analysis", 5th ed. 2015, section 4.5).
/// One replication has a mean and no half-width, none has neither; what is not known is NaN, so that every comparison
/// with it (contains, precise enough) is false.
/// </summary>
public readonly record struct ConfidenceInterval(double Mean, double HalfWidth, int Count)
{
    public const double DefaultLevel = 0.95;

    public double Low => Mean - HalfWidth;

    public double High => Mean + HalfWidth;

    /// <summary>False where there are too few replications, or one was not a number, to tell the width.</summary>
    public bool IsDefined => double.IsFinite(HalfWidth);

    public static ConfidenceInterval Of(ReadOnlySpan<double> replications, double level = DefaultLevel) =>
        Of(Moments.Of(replications), level);

    public static ConfidenceInterval Of(Moments moments, double level = DefaultLevel)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies strictly between 0 and 1.");

        double halfWidth = moments.Count < 2
            ? double.NaN
            : StudentT.TwoSidedQuantile(level, moments.Count - 1) * moments.StandardError;
        return new ConfidenceInterval(moments.Mean, halfWidth, moments.Count);
    }

    public bool Contains(double value) => Low <= value && value <= High;
}
