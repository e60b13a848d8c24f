using System;
using System.IO;
using System.IO.Compression;
using Sim.Parquet.Bytes;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Writing;

/// <summary>Puts pages on the stream, each behind its header, and keeps the books: where the stream stands, what a chunk took.</summary>
internal sealed class PageWriter(Stream stream, ParquetCompression compression)
{
    private readonly ByteSink _header = new();
    private readonly MemoryStream _compressed = new();

    public Codec Codec => compression == ParquetCompression.Gzip ? Codec.Gzip : Codec.Uncompressed;

    /// <summary>Bytes put on the stream so far.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes of the chunk's pages and their headers, before compression.</summary>
    public long RawBytes { get; private set; }

    /// <summary>Bytes of the chunk's pages and their headers, on the stream.</summary>
    public long StoredBytes { get; private set; }

    public void BeginChunk()
    {
        RawBytes = 0;
        StoredBytes = 0;
    }

    public void Page(PageType type, PageEncoding encoding, int values, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> stored = Compress(body);
        _header.Clear();
        CompactWriter thrift = new(_header);
        thrift.Begin();
        thrift.Int32(1, (int)type);
        thrift.Int32(2, body.Length);
        thrift.Int32(3, stored.Length);
        bool isDictionary = type == PageType.Dictionary;
        thrift.BeginStruct(isDictionary ? 7 : 5);
        thrift.Int32(1, values);
        thrift.Int32(2, (int)encoding);
        if (!isDictionary)
        {
            thrift.Int32(3, (int)PageEncoding.Rle);
            thrift.Int32(4, (int)PageEncoding.Rle);
        }

        thrift.End();
        thrift.End();
        RawBytes += _header.Length + body.Length;
        StoredBytes += _header.Length + stored.Length;
        Write(_header.Written);
        Write(stored);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        Position += bytes.Length;
    }

    private ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> body)
    {
        if (compression == ParquetCompression.None) return body;
        _compressed.SetLength(0);
        using (GZipStream gzip = new(_compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(body);
        return _compressed.GetBuffer().AsSpan(0, (int)_compressed.Length);
    }
}
