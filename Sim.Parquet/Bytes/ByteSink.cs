using System;
using System.Buffers.Binary;

namespace Sim.Parquet.Bytes;

/// <summary>A growing byte buffer, reused from page to page.</summary>
internal sealed class ByteSink
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Appends that many bytes, for the caller to fill: they hold leftovers.</summary>
    public Span<byte> Extend(int count)
    {
        int needed = checked(Length + count);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
        Span<byte> added = _bytes.AsSpan(Length, count);
        Length = needed;
        return added;
    }

    /// <summary>Gives back the last bytes of an <see cref="Extend"/> that asked for too many.</summary>
    public void Shorten(int length) => Length = length;

    public void Byte(byte value) => Extend(1)[0] = value;

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Extend(4), value);

    /// <summary>LEB128: seven bits a byte, low first, the top bit set on all but the last.</summary>
    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }
}
