using System;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>Reads PLAIN values of one type, a page at a time, in portions of any length.</summary>
internal abstract class ValueDecoder<T>
    where T : notnull
{
    /// <summary>Turns to the values of another page.</summary>
    public abstract void Begin(ByteReader page);

    /// <summary>Fills all of it, or throws if the page ends before.</summary>
    public abstract void Read(Span<T> values);

    /// <summary>The most values that can stand in that many bytes.</summary>
    public abstract long MostWithin(int bytes);

    public static ValueDecoder<T> Create() => (ValueDecoder<T>)(object)(default(T) switch
    {
        bool => new BooleanDecoder(),
        int => new NumberDecoder<int>(),
        long => new NumberDecoder<long>(),
        double => new NumberDecoder<double>(),
        _ => new TextDecoder(),
    });
}
