using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>Fixed-width numbers, low byte first, as the host holds them.</summary>
internal sealed class NumberDecoder<T> : ValueDecoder<T>
    where T : unmanaged
{
    private ByteReader _page = new(Array.Empty<byte>(), "no page", 0);

    public override void Begin(ByteReader page) => _page = page;

    public override void Read(Span<T> values)
    {
        Span<byte> raw = MemoryMarshal.AsBytes(values);
        _page.Take(raw.Length).CopyTo(raw);
    }

    public override long MostWithin(int bytes) => bytes / Unsafe.SizeOf<T>();
}
