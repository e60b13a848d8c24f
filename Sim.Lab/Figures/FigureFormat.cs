namespace Sim.Lab.Figures;

/// <summary>What the numbers of an axis are, and therefore how its ticks are chosen and written.</summary>
public enum FigureFormat
{
    /// <summary>A plain number.</summary>
    Number,

    /// <summary>A count of bytes, written in binary units (64 MiB).</summary>
    Bytes,

    /// <summary>A count of nanoseconds, written in the unit that fits (1.5 µs).</summary>
    Time,

    /// <summary>A fraction of one, written in percent (0.05 is 5%).</summary>
    Percent,

    /// <summary>No number at all: points carry labels, which stand in order of first appearance.</summary>
    Category,
}
