using System;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>
/// The RLE / bit-packed hybrid: runs of at least eight equal values as (count, value), the rest in groups of eight,
/// bit-packed low bit first. A run header is a varint: <c>count &lt;&lt; 1</c> or <c>groups &lt;&lt; 1 | 1</c>.
/// </summary>
internal static class HybridEncoder
{
    private const int GroupSize = 8;

    /// <param name="sink">Where the runs go.</param>
    /// <param name="values">None needs more than <paramref name="width"/> bits.</param>
    /// <param name="width">1 to 32.</param>
    public static void Encode(ByteSink sink, ReadOnlySpan<int> values, int width)
    {
        int literals = 0;
        int at = 0;
        while (at < values.Length)
        {
            int run = values[at..].IndexOfAnyExcept(values[at]);
            if (run < 0) run = values.Length - at;
            if (run < GroupSize)
            {
                at = Math.Min(at + GroupSize, values.Length);
                continue;
            }

            Pack(sink, values[literals..at], width);
            Repeat(sink, values[at], run, width);
            at += run;
            literals = at;
        }

        Pack(sink, values[literals..], width);
    }

    private static void Repeat(ByteSink sink, int value, int count, int width)
    {
        sink.Varint((ulong)count << 1);
        for (int bit = 0; bit < width; bit += 8) sink.Byte((byte)(value >> bit));
    }

    /// <summary>Only the last group of a page may be short; zeros fill it.</summary>
    private static void Pack(ByteSink sink, ReadOnlySpan<int> values, int width)
    {
        if (values.IsEmpty) return;
        int groups = (values.Length + GroupSize - 1) / GroupSize;
        sink.Varint(((ulong)groups << 1) | 1);
        Span<byte> packed = sink.Extend(checked(groups * width));
        ulong bits = 0;
        int held = 0;
        int next = 0;
        foreach (int value in values)
        {
            bits |= (ulong)(uint)value << held;
            for (held += width; held >= 8; held -= 8, bits >>= 8) packed[next++] = (byte)bits;
        }

        if (next < packed.Length) packed[next++] = (byte)bits;
        packed[next..].Clear();
    }
}
