using System;
using Sim.Parquet.Bytes;
using Sim.Parquet.Encodings;
using Sim.Parquet.Format;

namespace Sim.Parquet.Writing;

/// <summary>
/// Writes a column's values of one row group. A data page of a nullable column opens with its definition levels, one bit a
/// row, as runs behind their length in bytes; then come the values that are there, plain or as dictionary indexes.
/// </summary>
internal sealed class ChunkEncoder<T>(ParquetColumn column, ParquetWriterOptions options)
    where T : notnull
{
    /// <summary>Bounds a page whose values take next to no room, so that a reader can take it in at once.</summary>
    private const int MostPageRows = 1 << 17;

    private readonly ValueEncoder<T> _encoder = ValueEncoder<T>.Create();
    private readonly ByteSink _page = new();
    private readonly ByteSink _levels = new();
    private readonly DictionaryBuilder<T>? _dictionary =
        column.Encoding == ParquetEncoding.Dictionary && typeof(T) != typeof(bool) ? new(options.DictionaryBytes) : null;

    /// <param name="pages">Where the chunk goes.</param>
    /// <param name="values">The values of the rows that have one.</param>
    /// <param name="levels">For each row, 1 if it has a value and 0 if not; only for a nullable column.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="type">How the footer calls the type of the values.</param>
    public ChunkFooter Encode(PageWriter pages, ReadOnlySpan<T> values, ReadOnlySpan<int> levels, int rows, PhysicalType type)
    {
        pages.BeginChunk();
        long start = pages.Position;
        bool isDictionary = !values.IsEmpty && _dictionary is not null && _dictionary.TryBuild(values, _encoder);
        if (isDictionary)
        {
            _page.Clear();
            _encoder.Encode(_page, _dictionary!.Values);
            pages.Page(PageType.Dictionary, PageEncoding.Plain, _dictionary.Values.Length, _page.Written);
        }

        long dataStart = pages.Position;
        int valuesDone = 0;
        for (int row = 0; row < rows;)
        {
            int most = CountWithin(values, valuesDone, isDictionary);
            (int pageRows, int pageValues) = column.Nullable ? RowsWith(most, levels[row..rows]) : (most, most);
            _page.Clear();
            if (column.Nullable) WriteLevels(levels.Slice(row, pageRows));
            if (isDictionary) WriteIndexes(_dictionary!.Indexes.Slice(valuesDone, pageValues));
            else _encoder.Encode(_page, values.Slice(valuesDone, pageValues));
            pages.Page(PageType.Data, isDictionary ? PageEncoding.RleDictionary : PageEncoding.Plain, pageRows, _page.Written);
            row += pageRows;
            valuesDone += pageValues;
        }

        (byte[] Min, byte[] Max)? bounds = _encoder.Bounds(isDictionary ? _dictionary!.Values : values);
        return new ChunkFooter
        {
            Type = type,
            Codec = pages.Codec,
            Values = rows,
            RawBytes = pages.RawBytes,
            StoredBytes = pages.StoredBytes,
            DataPageOffset = dataStart,
            DictionaryPageOffset = isDictionary ? start : null,
            Encodings = isDictionary
                ? [PageEncoding.Plain, PageEncoding.Rle, PageEncoding.RleDictionary]
                : [PageEncoding.Plain, PageEncoding.Rle],
            Metadata = column.Metadata,
            Statistics = new RawStatistics(rows - values.Length, bounds?.Min, bounds?.Max),
        };
    }

    private int CountWithin(ReadOnlySpan<T> values, int from, bool isDictionary)
    {
        ReadOnlySpan<T> rest = values.Slice(from, Math.Min(values.Length - from, MostPageRows));
        if (!isDictionary) return _encoder.CountWithin(rest, options.PageBytes);
        return (int)Math.Min(rest.Length, Math.Max(1, 8L * options.PageBytes / _dictionary!.IndexWidth));
    }

    /// <summary>The rows up to the one that would be a value too many.</summary>
    private static (int Rows, int Values) RowsWith(int mostValues, ReadOnlySpan<int> levels)
    {
        int rows = 0;
        int values = 0;
        int mostRows = Math.Min(levels.Length, MostPageRows);
        while (rows < mostRows && values + levels[rows] <= mostValues) values += levels[rows++];
        return (rows, values);
    }

    private void WriteLevels(ReadOnlySpan<int> levels)
    {
        _levels.Clear();
        HybridEncoder.Encode(_levels, levels, 1);
        _page.Int32(_levels.Length);
        _page.Bytes(_levels.Written);
    }

    private void WriteIndexes(ReadOnlySpan<int> indexes)
    {
        _page.Byte((byte)_dictionary!.IndexWidth);
        HybridEncoder.Encode(_page, indexes, _dictionary.IndexWidth);
    }
}
