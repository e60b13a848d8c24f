using System;
using System.Buffers.Binary;

namespace Sim.Parquet.Bytes;

/// <summary>A cursor over bytes taken from a file. Never reads past its end: it throws, naming the byte of the file.</summary>
internal sealed class ByteReader
{
    private readonly byte[] _bytes;
    private readonly int _end;
    private readonly string _what;
    private readonly long _fileOffset;
    private readonly bool _isVerbatim;

    /// <param name="bytes">The bytes, from the first.</param>
    /// <param name="what">What they are ("footer", "page of column 'x'"), for messages.</param>
    /// <param name="fileOffset">Where they begin in the file.</param>
    /// <param name="isVerbatim">False if they were decompressed, so that a position within them is no place in the file.</param>
    public ByteReader(ReadOnlyMemory<byte> bytes, string what, long fileOffset, bool isVerbatim = true)
    {
        bool isArray = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment);
        System.Diagnostics.Debug.Assert(isArray);
        _bytes = segment.Array!;
        Position = segment.Offset;
        _end = segment.Offset + segment.Count;
        _what = what;
        _fileOffset = fileOffset - segment.Offset;
        _isVerbatim = isVerbatim;
        Start = segment.Offset;
    }

    private int Start { get; }

    private int Position { get; set; }

    public int Remaining => _end - Position;

    /// <summary>The byte of the file at which the cursor stands.</summary>
    public long Offset => _isVerbatim ? _fileOffset + Position : _fileOffset + Start;

    public ParquetFormatException Error(string problem) => Error(problem, Offset);

    public byte Byte()
    {
        if (Position >= _end) throw Truncated(1);
        return _bytes[Position++];
    }

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ReadOnlySpan<byte> Take(int count) => Memory(count).Span;

    public ReadOnlyMemory<byte> Memory(int count)
    {
        if ((uint)count > (uint)Remaining) throw Truncated(count);
        ReadOnlyMemory<byte> taken = _bytes.AsMemory(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>The next bytes as a reader of their own, which knows the same place in the file.</summary>
    public ByteReader Slice(int count, string what)
    {
        long offset = Offset;
        return new ByteReader(Memory(count), what, offset, _isVerbatim);
    }

    /// <summary>LEB128 of at most <paramref name="bits"/> bits.</summary>
    public ulong Varint(int bits = 64)
    {
        long start = Offset;
        ulong value = 0;
        for (int shift = 0; shift < bits; shift += 7)
        {
            byte next = Byte();
            ulong part = next & 0x7Ful;
            if (bits - shift < 7 && part >> (bits - shift) != 0) break;
            value |= part << shift;
            if (next < 0x80) return value;
        }

        throw Error($"varint of more than {bits} bits", start);
    }

    private ParquetFormatException Truncated(int wanted) => Error($"truncated: {wanted} bytes wanted, {Remaining} left");

    private ParquetFormatException Error(string problem, long offset) => new($"{_what}: {problem}", offset);
}
