using System;
using System.Buffers.Binary;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>Reads what <see cref="HybridEncoder"/> describes, a page at a time, in portions of any length.</summary>
internal sealed class HybridDecoder
{
    private readonly ByteReader _bytes;
    private ReadOnlyMemory<byte> _packed;
    private readonly int _width;
    private long _runLeft;
    private long _packedBit;
    private bool _isPacked;
    private int _repeated;

    /// <param name="bytes">The runs of a page, to their end.</param>
    /// <param name="width">Bits a value: 0 to 32.</param>
    public HybridDecoder(ByteReader bytes, int width)
    {
        _bytes = bytes;
        _width = width;
    }

    /// <summary>Fills all of it, or throws if the runs end before.</summary>
    public void Read(Span<int> values)
    {
        while (!values.IsEmpty)
        {
            while (_runLeft == 0) NextRun();
            int count = (int)Math.Min(values.Length, _runLeft);
            if (_isPacked) Unpack(values[..count]);
            else values[..count].Fill(_repeated);
            _runLeft -= count;
            values = values[count..];
        }
    }

    private void NextRun()
    {
        ulong header = _bytes.Varint(32);
        _isPacked = (header & 1) != 0;
        _runLeft = (long)(header >> 1);
        if (!_isPacked)
        {
            _repeated = 0;
            for (int bit = 0; bit < _width; bit += 8) _repeated |= _bytes.Byte() << bit;
            return;
        }

        // Some writers do not store the padding of the last group, so a run may hold fewer values than its groups announce.
        long stored = Math.Min(_runLeft * _width, _bytes.Remaining);
        _runLeft = _width == 0 ? _runLeft * 8 : Math.Min(_runLeft * 8, stored * 8 / _width);
        _packed = _bytes.Memory((int)stored);
        _packedBit = 0;
    }

    private void Unpack(Span<int> values)
    {
        ReadOnlySpan<byte> packed = _packed.Span;
        ulong mask = (1ul << _width) - 1;
        long bit = _packedBit;
        foreach (ref int value in values)
        {
            int at = (int)(bit >> 3);
            ulong word = packed.Length - at >= 8
                ? BinaryPrimitives.ReadUInt64LittleEndian(packed[at..])
                : LastWord(packed[at..]);
            value = (int)((word >> (int)(bit & 7)) & mask);
            bit += _width;
        }

        _packedBit = bit;
    }

    private static ulong LastWord(ReadOnlySpan<byte> packed)
    {
        ulong word = 0;
        for (int i = 0; i < packed.Length; i++) word |= (ulong)packed[i] << (8 * i);
        return word;
    }
}
