namespace Sim.Parquet;

/// <summary>The value types of a flat column.</summary>
public enum ParquetType
{
    /// <summary>One bit a value; <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>Signed 32 bits; <see cref="int"/>.</summary>
    Int32,

    /// <summary>Signed 64 bits; <see cref="long"/>.</summary>
    Int64,

    /// <summary>IEEE 754 binary64, every bit pattern kept; <see cref="double"/>.</summary>
    Double,

    /// <summary>UTF-8 text; <see cref="string"/>.</summary>
    String,
}
