using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// The power law y = coefficient * x^exponent by ordinary least squares on the logarithms. It describes a curve (a lifetime
/// function's convex part, a miss ratio against capacity); it is no test of a power-law distribution, for which it is biased
/// (A. Clauset, C. R. Shalizi, M. E. J. Newman, SIAM Review 51(4), 2009).
/// </summary>
/// <param name="ExponentError">Standard error of the exponent; NaN with fewer than three points.</param>
/// <param name="RSquared">Of the logarithms; NaN where they do not vary.</param>
/// <param name="Count">Points fitted.</param>
/// <param name="Skipped">Points left out because a coordinate is not positive and finite, so has no logarithm.</param>
public readonly record struct LogLogFit(
    double Coefficient, double Exponent, double ExponentError, double RSquared, int Count, int Skipped)
{
    public double At(double x) => Coefficient * Math.Pow(x, Exponent);

    public static LogLogFit Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"A fit needs as many x as y, not {x.Length} and {y.Length}.");

        Moments logX = default, logY = default;
        for (int i = 0; i < x.Length; i++)
        {
            if (!HasLogarithms(x[i], y[i]))
                continue;
            logX.Add(Math.Log(x[i]));
            logY.Add(Math.Log(y[i]));
        }

        double products = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (HasLogarithms(x[i], y[i]))
                products += (Math.Log(x[i]) - logX.Mean) * (Math.Log(y[i]) - logY.Mean);
        }

        int skipped = x.Length - logX.Count;
        if (logX.Count < 2 || logX.SquaredDeviations == 0)
            return new LogLogFit(double.NaN, double.NaN, double.NaN, double.NaN, logX.Count, skipped);

        double slope = products / logX.SquaredDeviations;
        double residual = Math.Max(0, logY.SquaredDeviations - slope * products);
        double error = logX.Count > 2 ? Math.Sqrt(residual / (logX.Count - 2) / logX.SquaredDeviations) : double.NaN;
        double intercept = logY.Mean - slope * logX.Mean;
        return new LogLogFit(Math.Exp(intercept), slope, error, 1 - residual / logY.SquaredDeviations, logX.Count, skipped);
    }

    private static bool HasLogarithms(double x, double y) => x > 0 && y > 0 && double.IsFinite(x) && double.IsFinite(y);
}
