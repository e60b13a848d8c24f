using System;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>One bit a value, low bit first.</summary>
internal sealed class BooleanDecoder : ValueDecoder<bool>
{
    private ByteReader _page = new(Array.Empty<byte>(), "no page", 0);
    private int _bits;
    private int _bitsLeft;

    public override void Begin(ByteReader page)
    {
        _page = page;
        _bitsLeft = 0;
    }

    public override void Read(Span<bool> values)
    {
        foreach (ref bool value in values)
        {
            if (_bitsLeft == 0)
            {
                _bits = _page.Byte();
                _bitsLeft = 8;
            }

            value = (_bits & 1) != 0;
            _bits >>= 1;
            _bitsLeft--;
        }
    }

    public override long MostWithin(int bytes) => 8L * bytes;
}
