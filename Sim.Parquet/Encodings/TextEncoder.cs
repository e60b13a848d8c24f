using System;
using System.Text;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>UTF-8 behind a four-byte length. Text is ordered by its UTF-8 bytes.</summary>
internal sealed class TextEncoder : ValueEncoder<string>
{
    private const int LengthBytes = 4;

    /// <summary>Bounds are for skipping row groups; longer ones would only swell the footer.</summary>
    private const int LongestBound = 64;

    public override void Encode(ByteSink sink, ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            int before = sink.Length;
            Span<byte> room = sink.Extend(LengthBytes + (value.Length * 3));
            int length = Encoding.UTF8.GetBytes(value, room[LengthBytes..]);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(room, length);
            sink.Shorten(before + LengthBytes + length);
        }
    }

    public override int SizeOf(string value) => LengthBytes + Encoding.UTF8.GetByteCount(value);

    public override int CountWithin(ReadOnlySpan<string> values, int bytes)
    {
        long total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            total += SizeOf(values[i]);
            if (total > bytes) return Math.Max(i, 1);
        }

        return values.Length;
    }

    public override (byte[] Min, byte[] Max)? Bounds(ReadOnlySpan<string> values)
    {
        if (values.IsEmpty) return null;
        string min = values[0];
        string max = values[0];
        foreach (string value in values)
        {
            if (CompareUtf8(value, min) < 0) min = value;
            if (CompareUtf8(value, max) > 0) max = value;
        }

        byte[] minBytes = Encoding.UTF8.GetBytes(min);
        byte[] maxBytes = Encoding.UTF8.GetBytes(max);
        return minBytes.Length > LongestBound || maxBytes.Length > LongestBound ? null : (minBytes, maxBytes);
    }

    /// <summary>
    /// UTF-16 orders as UTF-8 does but for surrogates, which stand for the code points above all others. At the first
    /// difference a surrogate is therefore the greater, unless both are.
    /// </summary>
    private static int CompareUtf8(string x, string y)
    {
        if (ReferenceEquals(x, y)) return 0;
        int same = x.AsSpan().CommonPrefixLength(y);
        if (same == x.Length || same == y.Length) return x.Length.CompareTo(y.Length);
        char left = x[same];
        char right = y[same];
        bool leftHigh = char.IsSurrogate(left);
        return leftHigh == char.IsSurrogate(right) ? left.CompareTo(right) : leftHigh ? 1 : -1;
    }
}
