using System;
using System.Collections.Generic;
using System.IO;
using Sim.Parquet;
using Sim.Parquet.Bytes;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;
using Sim.Parquet.Writing;

namespace Sim.Tests.Parquet;

/// <summary>A file of one column and one row group whose pages are given byte by byte: what our writer never writes.</summary>
internal sealed class HandMadeFile(ParquetColumn column, int rows)
{
    private readonly List<(PageType Type, PageEncoding Encoding, int Values, byte[] Body)> _pages = [];

    public Codec Codec { get; init; } = Codec.Uncompressed;

    public long? DictionaryPageOffset { get; init; }

    public HandMadeFile Page(PageType type, PageEncoding encoding, int values, params byte[] body)
    {
        _pages.Add((type, encoding, values, body));
        return this;
    }

    public byte[] ToBytes()
    {
        using MemoryStream stream = new();
        PageWriter pages = new(stream, ParquetCompression.None);
        pages.Write(FileFrame.Magic);
        foreach ((PageType type, PageEncoding encoding, int values, byte[] body) in _pages) pages.Page(type, encoding, values, body);
        ChunkFooter chunk = new()
        {
            Type = Type,
            Codec = Codec,
            Values = rows,
            RawBytes = pages.RawBytes,
            StoredBytes = pages.StoredBytes,
            DataPageOffset = FileFrame.MagicBytes,
            DictionaryPageOffset = DictionaryPageOffset,
        };
        ByteSink footer = new();
        FileFooter content = new(new ParquetSchema(column), rows, [new RowGroupFooter(rows, [chunk])], new ParquetMetadata(), "by hand");
        new FooterWriter(new CompactWriter(footer)).Write(content);
        return WithFooter(pages, stream, footer);
    }

    /// <summary>A file of nothing but a footer.</summary>
    public static byte[] OfFooter(Action<CompactWriter> write)
    {
        using MemoryStream stream = new();
        PageWriter pages = new(stream, ParquetCompression.None);
        pages.Write(FileFrame.Magic);
        ByteSink footer = new();
        write(new CompactWriter(footer));
        return WithFooter(pages, stream, footer);
    }

    private PhysicalType Type => column.Type switch
    {
        ParquetType.Boolean => PhysicalType.Boolean,
        ParquetType.Int32 => PhysicalType.Int32,
        ParquetType.Int64 => PhysicalType.Int64,
        ParquetType.Double => PhysicalType.Double,
        _ => PhysicalType.ByteArray,
    };

    private static byte[] WithFooter(PageWriter pages, MemoryStream stream, ByteSink footer)
    {
        footer.Int32(footer.Length);
        footer.Bytes(FileFrame.Magic);
        pages.Write(footer.Written);
        return stream.ToArray();
    }
}
