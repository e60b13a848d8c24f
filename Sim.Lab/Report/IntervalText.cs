using System;
using System.Globalization;
using Sim.Lab.Figures;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Report;

/// <summary>
/// Writes a mean and its half-width for a table: the half-width with two digits, the mean to the same place, both in the unit that fits
/// the mean.
/// </summary>
public static class IntervalText
{
    /// <summary>What stands for a value that is not defined.</summary>
    public const string Undefined = "–";

    private const double LeastPlain = 1e-3;

    private static readonly string[] _byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The text of a metric's value.</summary>
    public static string Of(string metric, double value) => Of(metric, ConfidenceInterval.Of([value]));

    /// <summary>The text of a metric's interval.</summary>
    public static string Of(string metric, ConfidenceInterval interval)
    {
        if (!double.IsFinite(interval.Mean)) return Undefined;
        var (factor, suffix) = Scale(metric, interval.Mean);
        double mean = interval.Mean / factor, halfWidth = interval.HalfWidth / factor;
        int exponent = mean != 0 && suffix.Length == 0 && Math.Abs(mean) < LeastPlain ? (int)Math.Floor(Math.Log10(Math.Abs(mean))) : 0;
        double power = Math.Pow(10, exponent);
        string numbers = Numbers(mean / power, halfWidth / power);
        if (exponent == 0) return numbers + suffix;
        return interval.IsDefined ? $"({numbers})×{NumberText.Power(10, exponent)}" : $"{numbers}×{NumberText.Power(10, exponent)}";
    }

    private static string Numbers(double mean, double halfWidth)
    {
        if (!double.IsFinite(halfWidth)) return Fixed(mean, Decimals(mean, 4));
        int decimals = halfWidth == 0 ? Decimals(mean, 4) : Decimals(halfWidth, 2);
        return $"{Fixed(mean, decimals)} ± {Fixed(halfWidth, halfWidth == 0 ? 0 : decimals)}";
    }

    // Decimals that show so many significant digits.
    private static int Decimals(double value, int digits) =>
        value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9);

    private static string Fixed(double value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static (double Factor, string Suffix) Scale(string metric, double mean)
    {
        switch (MetricCatalogue.Find(metric)?.Unit)
        {
            case "ns":
                var (nanoseconds, name) = NumberText.TimeUnit(mean == 0 ? 1 : mean);
                return (nanoseconds, " " + name);
            case "bytes":
                int unit = mean <= 0 ? 0 : Math.Clamp((int)Math.Log2(mean) / 10, 0, _byteUnits.Length - 1);
                return (Math.Pow(1024, unit), " " + _byteUnits[unit]);
            case "fraction" when metric.EndsWith("_utilisation", StringComparison.Ordinal):
                return (0.01, " %");
            default:
                return (1, "");
        }
    }
}
