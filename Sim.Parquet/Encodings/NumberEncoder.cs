using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>Fixed-width numbers, low byte first, which is also how every host of this project holds them.</summary>
internal sealed class NumberEncoder<T> : ValueEncoder<T>
    where T : unmanaged, INumber<T>
{
    private static int Width => Unsafe.SizeOf<T>();

    public override IEqualityComparer<T>? Identity => typeof(T) == typeof(double) ? (IEqualityComparer<T>)(object)new DoubleBits() : null;

    public override void Encode(ByteSink sink, ReadOnlySpan<T> values) => sink.Bytes(MemoryMarshal.AsBytes(values));

    public override int SizeOf(T value) => Width;

    public override int CountWithin(ReadOnlySpan<T> values, int bytes) => Math.Min(values.Length, Math.Max(1, bytes / Width));

    /// <summary>
    /// The format's rules for doubles: NaNs count for nothing, a bound of zero is -0.0 below and +0.0 above, and without
    /// any other value than NaN there is no bound.
    /// </summary>
    public override (byte[] Min, byte[] Max)? Bounds(ReadOnlySpan<T> values)
    {
        bool found = false;
        T min = default;
        T max = default;
        foreach (T value in values)
        {
            if (T.IsNaN(value)) continue;
            if (!found) min = max = value;
            found = true;
            if (value < min) min = value;
            if (value > max) max = value;
        }

        if (!found) return null;
        if (T.IsZero(min)) min = -T.Zero;
        if (T.IsZero(max)) max = T.Zero;
        return (MemoryMarshal.AsBytes([min]).ToArray(), MemoryMarshal.AsBytes([max]).ToArray());
    }
}
