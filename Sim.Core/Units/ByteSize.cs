using System;
using System.Globalization;

namespace Sim.Core.Units;

/// <summary>A size in bytes. Prints in the largest binary unit that keeps it short: 64MiB, 1.5GiB.</summary>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>
{
    /// <summary>Bytes in a base page. x86-64 has one base page size, and so has the model.</summary>
    public const int PageBytes = 1 << PageShift;

    /// <summary>log2 of <see cref="PageBytes"/>.</summary>
    public const int PageShift = 12;

    /// <summary>The size of <paramref name="pages"/> base pages.</summary>
    public static ByteSize OfPages(long pages) => new(checked(pages << PageShift));

    /// <summary>How many base pages hold this many bytes, rounded up.</summary>
    public long Pages => (Bytes + PageBytes - 1) >> PageShift;

    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    public override string ToString()
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        double value = Bytes;
        int unit = 0;
        while (Math.Abs(value) >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        return value.ToString("0.##", CultureInfo.InvariantCulture) + units[unit];
    }
}
