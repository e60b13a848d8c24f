using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sim.Lab.Figures;

/// <summary>Ticks at round differences: 1, 2 or 5 times a power of ten in the axis' unit, a power of two for bytes.</summary>
internal static class LinearTicks
{
    /// <summary>The round step that puts about <paramref name="count"/> intervals between two values.</summary>
    public static double Step(double low, double high, int count, FigureFormat format)
    {
        double raw = (high - low) / Math.Max(1, count);
        if (format == FigureFormat.Bytes)
        {
            return Math.Max(1, Math.Pow(2, Math.Ceiling(Math.Log2(raw) - 1e-9)));
        }

        double unit = Unit(Math.Max(Math.Abs(low), Math.Abs(high)), format).Size;
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw / unit) + 1e-9));
        double mantissa = raw / unit / magnitude;
        return unit * magnitude * (mantissa <= 1 + 1e-9 ? 1 : mantissa <= 2 + 1e-9 ? 2 : mantissa <= 5 + 1e-9 ? 5 : 10);
    }

    /// <summary>All multiples of a step between two values, both included.</summary>
    public static IReadOnlyList<Tick> Between(double low, double high, double step, FigureFormat format)
    {
        var ticks = new List<Tick>();
        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        double first = Math.Ceiling((low / step) - 1e-9);
        double last = Math.Floor((high / step) + 1e-9);
        for (double multiple = first; multiple <= last; multiple++)
        {
            double value = multiple * step;
            ticks.Add(new Tick(value, Label(value, step, largest, format).Replace('-', NumberText.Minus)));
        }

        return ticks;
    }

    /// <summary>The unit in which a linear axis counts, and its name for the title where ticks do not carry it.</summary>
    public static (double Size, string? Name) Unit(double largest, FigureFormat format) => format switch
    {
        FigureFormat.Time => (NumberText.TimeUnit(largest).Nanoseconds, NumberText.TimeUnit(largest).Name),
        FigureFormat.Percent => (0.01, null),
        _ => (1, null),
    };

    private static string Label(double value, double step, double largest, FigureFormat format)
    {
        double unit = Unit(largest, format).Size;
        return format switch
        {
            FigureFormat.Bytes => NumberText.Value(value, format),
            FigureFormat.Percent => NumberText.Stepped(value / unit, step / unit) + "%",
            FigureFormat.Time => NumberText.Stepped(value / unit, step / unit),
            _ => Plain(value, step, largest),
        };
    }

    private static string Plain(double value, double step, double largest)
    {
        if (value == 0)
        {
            return "0";
        }

        if (largest < 1e-3 || largest >= 1e15)
        {
            int exponent = (int)Math.Floor(Math.Log10(largest) - 1e-9);
            return NumberText.Scientific(Math.Round(value / Math.Pow(10, exponent), 6), exponent);
        }

        var (factor, suffix) = NumberText.Shortening(largest);
        return factor == 1 && largest >= 1e4 && step >= 1
            ? value.ToString("#,##0", CultureInfo.InvariantCulture)
            : NumberText.Stepped(value / factor, step / factor) + suffix;
    }
}
