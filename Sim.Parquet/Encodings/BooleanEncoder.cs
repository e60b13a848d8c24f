using System;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>One bit a value, low bit first.</summary>
internal sealed class BooleanEncoder : ValueEncoder<bool>
{
    public override void Encode(ByteSink sink, ReadOnlySpan<bool> values)
    {
        Span<byte> packed = sink.Extend((values.Length + 7) / 8);
        packed.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i]) packed[i >> 3] |= (byte)(1 << (i & 7));
        }
    }

    public override int SizeOf(bool value) => 1;

    public override int CountWithin(ReadOnlySpan<bool> values, int bytes) => (int)Math.Min(values.Length, 8L * bytes);

    public override (byte[] Min, byte[] Max)? Bounds(ReadOnlySpan<bool> values)
    {
        if (values.IsEmpty) return null;
        return ([values.Contains(false) ? (byte)0 : (byte)1], [values.Contains(true) ? (byte)1 : (byte)0]);
    }
}
