using System;
using System.Globalization;

namespace Sim.Core.Units;

/// <summary>
/// A point in simulated time, or a span of it, as a signed count of picoseconds. 64 bits hold 106 days.
/// Picoseconds because a CPU cycle is not a whole number of nanoseconds (2.6 GHz: 384.6 ps).
/// </summary>
public readonly record struct SimTime(long Picoseconds) : IComparable<SimTime>
{
    /// <summary>The start of a run, and the empty span.</summary>
    public static SimTime Zero => default;

    /// <summary>Later than every event: the horizon of a CPU that nothing can disturb.</summary>
    public static SimTime Never => new(long.MaxValue);

    /// <summary>The nearest whole picosecond to <paramref name="nanoseconds"/>.</summary>
    public static SimTime FromNanoseconds(double nanoseconds) => new(checked((long)Math.Round(nanoseconds * 1e3)));

    /// <summary>The nearest whole picosecond to <paramref name="microseconds"/>.</summary>
    public static SimTime FromMicroseconds(double microseconds) => new(checked((long)Math.Round(microseconds * 1e6)));

    /// <summary>The nearest whole picosecond to <paramref name="milliseconds"/>.</summary>
    public static SimTime FromMilliseconds(double milliseconds) => new(checked((long)Math.Round(milliseconds * 1e9)));

    /// <summary>The nearest whole picosecond to <paramref name="seconds"/>.</summary>
    public static SimTime FromSeconds(double seconds) => new(checked((long)Math.Round(seconds * 1e12)));

    /// <summary>Nanoseconds, for reports.</summary>
    public double Nanoseconds => Picoseconds / 1e3;

    /// <summary>Seconds, for reports.</summary>
    public double Seconds => Picoseconds / 1e12;

    public static SimTime operator +(SimTime left, SimTime right) => new(left.Picoseconds + right.Picoseconds);
    public static SimTime operator -(SimTime left, SimTime right) => new(left.Picoseconds - right.Picoseconds);
    public static SimTime operator *(SimTime left, long times) => new(left.Picoseconds * times);
    public static bool operator <(SimTime left, SimTime right) => left.Picoseconds < right.Picoseconds;
    public static bool operator >(SimTime left, SimTime right) => left.Picoseconds > right.Picoseconds;
    public static bool operator <=(SimTime left, SimTime right) => left.Picoseconds <= right.Picoseconds;
    public static bool operator >=(SimTime left, SimTime right) => left.Picoseconds >= right.Picoseconds;

    /// <summary>The earlier of two times.</summary>
    public static SimTime Min(SimTime left, SimTime right) => left <= right ? left : right;

    /// <summary>The later of two times.</summary>
    public static SimTime Max(SimTime left, SimTime right) => left >= right ? left : right;

    /// <summary>This time plus <paramref name="span"/>, where <see cref="Never"/> stays <see cref="Never"/>.</summary>
    public SimTime SaturatingAdd(SimTime span) =>
        Picoseconds > long.MaxValue - span.Picoseconds ? Never : new SimTime(Picoseconds + span.Picoseconds);

    public int CompareTo(SimTime other) => Picoseconds.CompareTo(other.Picoseconds);

    public override string ToString() => Math.Abs(Picoseconds) switch
    {
        long.MaxValue => "never",
        0 => "0s",
        < 1_000 => Write(1, "ps"),
        < 1_000_000 => Write(1e3, "ns"),
        < 1_000_000_000 => Write(1e6, "us"),
        < 1_000_000_000_000 => Write(1e9, "ms"),
        _ => Write(1e12, "s"),
    };

    private string Write(double unit, string name) => (Picoseconds / unit).ToString("0.###", CultureInfo.InvariantCulture) + name;
}
