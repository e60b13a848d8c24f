using System;
using System.Globalization;

namespace Sim.Lab.Figures;

/// <summary>Writes numbers for people: binary units for bytes, the fitting unit for times, powers of ten where zeros would pile up.</summary>
internal static class NumberText
{
    /// <summary>The minus sign, which unlike the hyphen is as wide as a plus.</summary>
    public const char Minus = '\u2212';

    private static readonly string[] _byteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    private static readonly (double Nanoseconds, string Name)[] _timeUnits = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns"), (1e-3, "ps")];
    private static readonly (double Factor, string Suffix)[] _suffixes = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];

    /// <summary>One value on its own, with its unit: a tooltip, a tick of a logarithmic axis.</summary>
    public static string Value(double value, FigureFormat format) => format switch
    {
        _ when value == 0 => format == FigureFormat.Percent ? "0%" : "0",
        FigureFormat.Bytes => Bytes(value),
        FigureFormat.Time => Time(value),
        FigureFormat.Percent => General(value * 100) + "%",
        _ => General(value),
    };

    /// <summary>The largest time unit that is not greater than a value.</summary>
    public static (double Nanoseconds, string Name) TimeUnit(double value)
    {
        foreach (var unit in _timeUnits)
        {
            if (Math.Abs(value) >= unit.Nanoseconds * (1 - 1e-9))
            {
                return unit;
            }
        }

        return _timeUnits[^1];
    }

    /// <summary>The divisor that shortens numbers of a size, and its suffix; 1 and nothing below a hundred thousand.</summary>
    public static (double Factor, string Suffix) Shortening(double largest)
    {
        foreach (var suffix in _suffixes)
        {
            if (largest >= 1e5 && largest >= suffix.Factor)
            {
                return suffix;
            }
        }

        return (1, "");
    }

    /// <summary>A number with just the decimals that a step needs.</summary>
    public static string Stepped(double value, double step)
    {
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Abs(value) < step * 1e-6 ? "0" : text;
    }

    /// <summary>A small or large number as mantissa and power of ten.</summary>
    public static string Scientific(double mantissa, int exponent)
    {
        string power = Power(10, exponent);
        string digits = mantissa.ToString("0.###", CultureInfo.InvariantCulture);
        return digits == "1" ? power : $"{digits}×{power}";
    }

    /// <summary>A power with its exponent raised.</summary>
    public static string Power(int radix, int exponent)
    {
        const string raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string text = radix.ToString(CultureInfo.InvariantCulture) + (exponent < 0 ? "⁻" : "");
        foreach (char digit in Math.Abs(exponent).ToString(CultureInfo.InvariantCulture))
        {
            text += raised[digit - '0'];
        }

        return text;
    }

    private static string Bytes(double value)
    {
        int unit = 0;
        double scaled = value;
        while (Math.Abs(scaled) >= 1024 && unit < _byteUnits.Length - 1)
        {
            scaled /= 1024;
            unit++;
        }

        return $"{scaled.ToString("0.###", CultureInfo.InvariantCulture)} {_byteUnits[unit]}";
    }

    private static string Time(double value)
    {
        var (nanoseconds, name) = TimeUnit(value);
        return $"{General(value / nanoseconds)} {name}";
    }

    private static string General(double value)
    {
        double size = Math.Abs(value);
        if (size is > 0 and (< 1e-4 or >= 1e7))
        {
            int exponent = (int)Math.Floor(Math.Log10(size) + 1e-12);
            return Scientific(value / Math.Pow(10, exponent), exponent);
        }

        return size >= 1000 ? value.ToString("#,##0.##", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
