using System;
using System.Globalization;

namespace Sim.Lab.Results;

/// <summary>
/// Writes a parameter's value as a study would: in the largest unit of which it is a whole multiple (64MiB, 80ns), so that
/// different values have different texts and each can be put into a study again.
/// </summary>
internal static class ParameterText
{
    private const double PicosecondsPerNanosecond = 1000;

    private static readonly (string Name, long Size)[] _sizes = [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    private static readonly (string Name, long Size)[] _times =
        [("s", 1_000_000_000_000), ("ms", 1_000_000_000), ("us", 1_000_000), ("ns", 1000), ("ps", 1)];

    /// <summary>The text of a number; empty for NaN, which stands for no value.</summary>
    public static string Of(ParameterKind kind, double number) => kind switch
    {
        _ when double.IsNaN(number) => "",
        ParameterKind.Bytes => InUnits(number, _sizes),
        ParameterKind.Nanoseconds when number == 0 => "0s",
        ParameterKind.Nanoseconds => InUnits(number * PicosecondsPerNanosecond, _times),
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string InUnits(double number, (string Name, long Size)[] units)
    {
        long whole = (long)Math.Round(number);
        foreach (var (name, size) in units)
        {
            if (whole % size == 0 && (whole != 0 || size == 1)) return string.Create(CultureInfo.InvariantCulture, $"{whole / size}{name}");
        }

        return number.ToString("R", CultureInfo.InvariantCulture);
    }
}
