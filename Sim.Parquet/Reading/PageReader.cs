using Sim.Parquet.Bytes;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>Goes through the pages of a chunk. What it gives out is decompressed, and as long as its header says.</summary>
internal sealed class PageReader(ByteReader chunk, Codec codec, string column)
{
    /// <summary>A page is held whole; no writer comes near this.</summary>
    private const int MostPageBytes = 1 << 30;

    /// <summary>Where the next page begins.</summary>
    public long Offset => chunk.Offset;

    /// <summary>The next data or dictionary page; throws if there is none.</summary>
    public (PageHeader Header, ByteReader Body) Next()
    {
        while (true)
        {
            long start = chunk.Offset;
            if (chunk.Remaining == 0) throw chunk.Error("ends before its last value");
            PageHeader header = PageHeader.Read(new CompactReader(chunk));
            if (header.RawBytes > MostPageBytes) throw new ParquetFormatException($"{column}: page of {header.RawBytes} bytes", start);
            ByteReader stored = chunk.Slice(header.StoredBytes, $"page of {column}");
            switch (header.Type)
            {
                case PageType.Data or PageType.Dictionary:
                    return (header, Decompress(header, stored));
                case PageType.Index:
                    continue;
                case PageType.DataV2:
                    throw new ParquetFormatException($"{column}: data pages of version 2 are not supported", start);
                default:
                    throw new ParquetFormatException($"{column}: unknown page type {(int)header.Type}", start);
            }
        }
    }

    private ByteReader Decompress(PageHeader header, ByteReader stored)
    {
        if (codec == Codec.Gzip) return Gunzip.Page(stored, header.RawBytes, column);
        if (header.RawBytes != header.StoredBytes)
            throw stored.Error($"an uncompressed page of {header.RawBytes} bytes stored in {header.StoredBytes}");
        return stored;
    }
}
