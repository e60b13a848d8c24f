using System;
using System.IO;
using Sim.Parquet.Bytes;
using Sim.Parquet.Format;
using Sim.Parquet.Reading;

namespace Sim.Parquet;

/// <summary>
/// Reads a flat file, whoever wrote it: its footer at once, a column of a row group when it is asked for. The stream must stay open,
/// stays the caller's to close, and is moved by every call. Annotations of integers (dates, times, decimals) are passed over.
/// Damage throws <see cref="ParquetFormatException"/>.
/// </summary>
public sealed class ParquetReader
{
    /// <summary>Rows that a column may be read whole in any case: 2^24.</summary>
    private const long AlwaysReadable = 1 << 24;

    /// <summary>More rows than that a byte of the file, and a column is not read whole: a few bytes can announce any number of equal values.</summary>
    private const long MostRowsPerByte = 64;

    private readonly Stream _stream;
    private readonly long _length;
    private readonly FileFooter _footer;

    private ParquetReader(Stream stream, long length, FileFooter footer)
    {
        _stream = stream;
        _length = length;
        _footer = footer;
    }

    /// <summary>The columns; each with the metadata that its chunk in the first row group carries.</summary>
    public ParquetSchema Schema => _footer.Schema;

    /// <summary>The metadata of the file.</summary>
    public ParquetMetadata Metadata => _footer.Metadata;

    /// <summary>The program that wrote the file, in its own words; empty if it does not say.</summary>
    public string CreatedBy => _footer.CreatedBy;

    /// <summary>Rows of the file.</summary>
    public long RowCount => _footer.Rows;

    public int RowGroupCount => _footer.RowGroups.Count;

    /// <summary>Reads the footer of a file that fills the stream.</summary>
    /// <exception cref="ParquetFormatException">It is not a flat Parquet file, or damaged.</exception>
    public static ParquetReader Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("a Parquet file is read from its end: the stream must be seekable", nameof(stream));
        long length = stream.Length;
        return new ParquetReader(stream, length, FileFooterReader.Read(stream, length));
    }

    /// <summary>Rows of a row group.</summary>
    public long RowGroupRows(int rowGroup) => _footer.RowGroups[rowGroup].Rows;

    /// <summary>What the file says of a column in a row group.</summary>
    public ColumnStatistics Statistics(int rowGroup, int column) =>
        StatisticsReader.Read(_footer.RowGroups[rowGroup].Chunks[column].Statistics, Schema[column].Type);

    /// <summary>Begins to read a column of a row group in portions. Its bytes are taken from the stream now.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the column's type.</exception>
    public ColumnReader<T> OpenColumn<T>(int rowGroup, int column)
        where T : notnull
    {
        Schema.RequireType<T>(column);
        ChunkFooter chunk = _footer.RowGroups[rowGroup].Chunks[column];
        string name = ParquetFormatException.Quote(Schema[column].Name);
        long offset = chunk.FirstPageOffset;
        if (chunk.Codec is not (Codec.Uncompressed or Codec.Gzip))
            throw new ParquetFormatException($"column {name}: unsupported codec {chunk.Codec}", offset);
        if (chunk.StoredBytes > Array.MaxLength)
            throw new ParquetFormatException($"column {name}: a row group's {chunk.StoredBytes} bytes are more than can be held", offset);
        byte[] bytes = chunk.Values == 0 ? [] : FileFooterReader.ReadBytes(_stream, offset, (int)chunk.StoredBytes);
        return new ColumnReader<T>(Schema[column], new ByteReader(bytes, $"column {name}", offset), chunk.Codec, chunk.Values);
    }

    /// <summary>Reads a column of a row group whole.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the column's type.</exception>
    /// <exception cref="ParquetFormatException">
    /// It is damaged; or has more rows than 2^24 and than 64 a byte of the file, and has to be read with <see cref="OpenColumn"/>.
    /// </exception>
    public ColumnData<T> ReadColumn<T>(int rowGroup, int column)
        where T : notnull => ReadWhole<T>(rowGroup, rowGroup + 1, column);

    /// <summary>Reads a column of the file whole.</summary>
    /// <exception cref="ArgumentException">There is no such column, or <typeparamref name="T"/> is not its type.</exception>
    /// <exception cref="ParquetFormatException">As for a row group.</exception>
    public ColumnData<T> ReadColumn<T>(string column)
        where T : notnull => ReadWhole<T>(0, RowGroupCount, Schema.Require(column));

    private ColumnData<T> ReadWhole<T>(int firstGroup, int endGroup, int column)
        where T : notnull
    {
        Schema.RequireType<T>(column);
        long rows = 0;
        for (int group = firstGroup; group < endGroup; group++) rows += RowGroupRows(group);
        if (rows > Array.MaxLength || rows > Math.Max(AlwaysReadable, MostRowsPerByte * _length))
            throw new ParquetFormatException($"{rows} rows in a file of {_length} bytes are too many to read whole, footer", _length);
        T[] values = new T[rows];
        bool[] nulls = Schema[column].Nullable ? new bool[rows] : [];
        int done = 0;
        for (int group = firstGroup; group < endGroup; group++)
        {
            ColumnReader<T> reader = OpenColumn<T>(group, column);
            while (reader.RowsLeft > 0) done += reader.Read(values.AsSpan(done), nulls.AsSpan(Math.Min(done, nulls.Length)));
        }

        return new ColumnData<T>(values, nulls);
    }
}
