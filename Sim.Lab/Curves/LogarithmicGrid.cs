using System.Numerics;

namespace Sim.Lab.Curves;

/// <summary>
/// Whole numbers that are dense where small and sparse where large: each from 0 to 256, then 128 an octave, so that neighbours differ by at most 0.8 %.
/// What is counted by the first point at or above it is known exactly at every point.
/// </summary>
internal static class LogarithmicGrid
{
    private const int AllUpTo = 256, FirstOctave = 8, OctaveShift = 7, PerOctave = 1 << OctaveShift;

    /// <summary>Points up to 2^62.</summary>
    public const int Count = AllUpTo + ((62 - FirstOctave) * PerOctave) + 1;

    /// <summary>The first point that is not below <paramref name="value"/>.</summary>
    public static int IndexOf(long value)
    {
        if (value <= AllUpTo) return (int)value;
        int octave = BitOperations.Log2((ulong)(value - 1));
        return AllUpTo + ((octave - FirstOctave) * PerOctave) + (int)((value - 1) >> (octave - OctaveShift)) - PerOctave + 1;
    }

    /// <summary>The point with this index.</summary>
    public static long PointAt(int index)
    {
        if (index <= AllUpTo) return index;
        int beyond = index - AllUpTo - 1;
        return (long)((beyond & (PerOctave - 1)) + PerOctave + 1) << ((beyond >> OctaveShift) + FirstOctave - OctaveShift);
    }
}
