using System;
using System.Globalization;

namespace Sim.Core.Units;

/// <summary>Numbers with units as people write them: 8GiB, 80ns, 20M, 30%.</summary>
public static class Quantity
{
    private static readonly (string Suffix, double Factor)[] Sizes =
        [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    private static readonly (string Suffix, double Factor)[] Times =
        [("ps", 1), ("ns", 1e3), ("us", 1e6), ("ms", 1e9), ("min", 60e12), ("s", 1e12)];

    private static readonly (string Suffix, double Factor)[] Multiples = [("k", 1e3), ("M", 1e6), ("G", 1e9)];

    /// <summary>A plain number, with an optional k, M or G (thousands, millions, billions), or a percentage as a fraction.</summary>
    public static bool TryParseNumber(string text, out double number)
    {
        if (text.EndsWith('%') && TryParsePlain(text[..^1], out number))
        {
            number /= 100;
            return true;
        }
        return TryParsePlain(text, out number) || TryParseSuffixed(text, Multiples, out number);
    }

    /// <summary>A size with its unit, a whole number of bytes: 512KiB, 1.5GiB.</summary>
    public static bool TryParseSize(string text, out ByteSize size)
    {
        bool isSize = TryParseSuffixed(text, Sizes, out double bytes) && bytes == Math.Floor(bytes) && bytes is >= 0 and < 9e18;
        size = new ByteSize(isSize ? (long)bytes : 0);
        return isSize;
    }

    /// <summary>A time with its unit, rounded to a picosecond: 80ns, 2.5us, 10ms.</summary>
    public static bool TryParseTime(string text, out SimTime time)
    {
        bool isTime = TryParseSuffixed(text, Times, out double picoseconds) && Math.Abs(picoseconds) < 9e18;
        time = new SimTime(isTime ? (long)Math.Round(picoseconds) : 0);
        return isTime;
    }

    private static bool TryParseSuffixed(string text, (string Suffix, double Factor)[] units, out double value)
    {
        foreach (var (suffix, factor) in units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal) || !TryParsePlain(text[..^suffix.Length], out value)) continue;
            // A decimal fraction of a unit is rounded where binary floating point left it a hair off a whole number.
            value = Math.Round(value * factor, 6);
            return true;
        }
        value = 0;
        return false;
    }

    private static bool TryParsePlain(string text, out double number) => double.TryParse(
        text.TrimEnd().Replace("_", ""), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
        CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
