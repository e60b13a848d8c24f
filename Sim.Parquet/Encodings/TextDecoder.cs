using System;
using System.Text;
using System.Text.Unicode;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Encodings;

/// <summary>UTF-8 behind a four-byte length.</summary>
internal sealed class TextDecoder : ValueDecoder<string>
{
    private ByteReader _page = new(Array.Empty<byte>(), "no page", 0);

    public override void Begin(ByteReader page) => _page = page;

    public override void Read(Span<string> values)
    {
        foreach (ref string value in values)
        {
            int length = _page.Int32();
            if (length < 0) throw _page.Error($"text of {(uint)length} bytes");
            value = Decode(_page.Take(length));
        }
    }

    public override long MostWithin(int bytes) => bytes / 4;

    private string Decode(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw _page.Error("text is not UTF-8");
}
