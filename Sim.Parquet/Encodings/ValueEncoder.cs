using System;
using System.Collections.Generic;

namespace Sim.Parquet.Encodings;

/// <summary>What writing values of one type takes: their PLAIN bytes, their sizes, their bounds.</summary>
internal abstract class ValueEncoder<T>
    where T : notnull
{
    /// <summary>How a dictionary tells values apart: different bytes are different values. Null for the type's own equality.</summary>
    public virtual IEqualityComparer<T>? Identity => null;

    public abstract void Encode(Bytes.ByteSink sink, ReadOnlySpan<T> values);

    /// <summary>PLAIN bytes of a value, rounded up.</summary>
    public abstract int SizeOf(T value);

    /// <summary>How many of the first values fit that many bytes: one at least, unless there is none.</summary>
    public abstract int CountWithin(ReadOnlySpan<T> values, int bytes);

    /// <summary>The smallest and largest value, by the format's order for the type. Null if there is none, or it is best left out.</summary>
    public abstract (byte[] Min, byte[] Max)? Bounds(ReadOnlySpan<T> values);

    public static ValueEncoder<T> Create() => (ValueEncoder<T>)(object)(default(T) switch
    {
        bool => new BooleanEncoder(),
        int => new NumberEncoder<int>(),
        long => new NumberEncoder<long>(),
        double => new NumberEncoder<double>(),
        _ => new TextEncoder(),
    });
}
