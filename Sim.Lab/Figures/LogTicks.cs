using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>
/// Ticks at round ratios. Bytes and base two stand at powers of two, all else at powers of ten; the powers left out for want of room,
/// and the multiples between them, become minor ticks.
/// </summary>
internal static class LogTicks
{
    // The multiples of a power that get labels where the powers alone would leave an axis almost bare.
    private static readonly double[] _fineTens = [1, 2, 5];
    private static readonly double[] _fineTwos = [1, 1.5];

    /// <summary>The radix of an axis' ticks.</summary>
    public static int Radix(FigureAxis axis) =>
        axis.Format == FigureFormat.Bytes || (axis.Scale == FigureScale.Log2 && axis.Format == FigureFormat.Number) ? 2 : 10;

    /// <summary>
    /// Ticks between two positive values with at most <paramref name="count"/> labels, or none where fewer than two powers fall between them.
    /// </summary>
    public static IReadOnlyList<Tick> Between(double low, double high, int count, FigureAxis axis)
    {
        int radix = Radix(axis);
        int first = (int)Math.Ceiling(Math.Log(low, radix) - 1e-9);
        int last = (int)Math.Floor(Math.Log(high, radix) + 1e-9);
        int powers = last - first + 1;
        bool isFine = powers <= 3 && CountFine(low, high, first, last, radix) is >= 2 and var fine && fine <= count;
        if (powers < 2 && !isFine)
        {
            return [];
        }

        int stride = Math.Max(1, (int)Math.Ceiling(powers / (double)Math.Max(2, count)));
        var ticks = new List<Tick>();
        for (int exponent = first - 1; exponent <= last; exponent++)
        {
            AddPower(ticks, low, high, exponent, stride, isFine, axis);
        }

        return ticks;
    }

    private static void AddPower(List<Tick> ticks, double low, double high, int exponent, int stride, bool isFine, FigureAxis axis)
    {
        int radix = Radix(axis);
        double power = Math.Pow(radix, exponent);
        foreach (double multiple in Multiples(radix, stride))
        {
            double value = power * multiple;
            if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9))
            {
                continue;
            }

            bool isMajor = isFine ? Fine(radix).Contains(multiple) : multiple == 1 && Math.Abs(exponent) % stride == 0;
            ticks.Add(isMajor ? new Tick(value, Label(value, exponent, axis, low, high)) : Tick.Minor(value));
        }
    }

    private static IEnumerable<double> Multiples(int radix, int stride)
    {
        yield return 1;
        if (stride > 1)
        {
            yield break;
        }

        for (int multiple = 2; multiple <= 9 && radix == 10; multiple++)
        {
            yield return multiple;
        }

        if (radix == 2)
        {
            yield return 1.5;
        }
    }

    // Powers are raised on the whole axis or not at all.
    private static string Label(double value, int exponent, FigureAxis axis, double low, double high)
    {
        bool isRaised = axis.Format == FigureFormat.Number && (low < 0.9e-4 || high > 1.1e5);
        if (!isRaised)
        {
            return NumberText.Value(value, axis.Format);
        }

        int radix = Radix(axis);
        return radix == 2 ? NumberText.Power(2, exponent) : NumberText.Scientific(Math.Round(value / Math.Pow(10, exponent)), exponent);
    }

    private static double[] Fine(int radix) => radix == 2 ? _fineTwos : _fineTens;

    private static int CountFine(double low, double high, int first, int last, int radix)
    {
        int count = 0;
        for (int exponent = first - 1; exponent <= last; exponent++)
        {
            foreach (double multiple in Fine(radix))
            {
                double value = multiple * Math.Pow(radix, exponent);
                count += value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9) ? 1 : 0;
            }
        }

        return count;
    }
}
