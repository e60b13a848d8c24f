using System;
using Sim.Parquet.Bytes;
using Sim.Parquet.Encodings;
using Sim.Parquet.Format;
using Sim.Parquet.Reading;

namespace Sim.Parquet;

/// <summary>
/// Reads one column of one row group, front to back, in portions of the caller's choice. It holds the chunk as the file has it,
/// its dictionary and one page.
/// </summary>
/// <typeparam name="T">bool, int, long, double or string, as the column has it.</typeparam>
public sealed class ColumnReader<T>
    where T : notnull
{
    private const int MostAtOnce = 1024;

    private readonly string _name;
    private readonly PageReader _pages;
    private readonly ValueDecoder<T> _plain = ValueDecoder<T>.Create();
    private readonly int[] _levels = new int[MostAtOnce];
    private readonly int[] _indexes = new int[MostAtOnce];
    private T[]? _dictionary;
    private ByteReader? _page;
    private HybridDecoder? _pageLevels;
    private HybridDecoder? _pageIndexes;
    private int _pageRows;

    internal ColumnReader(ParquetColumn column, ByteReader chunk, Codec codec, long rows)
    {
        Column = column;
        RowsLeft = rows;
        _name = $"column {ParquetFormatException.Quote(column.Name)}";
        _pages = new PageReader(chunk, codec, _name);
    }

    public ParquetColumn Column { get; }

    /// <summary>Rows of the row group not read yet.</summary>
    public long RowsLeft { get; private set; }

    /// <summary>Reads as many rows as there is room for, or are left; 0 at the end.</summary>
    /// <param name="values">Receives the values; where a row has none, the type's default.</param>
    /// <param name="nulls">Receives whether a row has no value. As long as the values, or empty for a required column.</param>
    /// <exception cref="ParquetFormatException">The column is damaged here; the reader is of no more use.</exception>
    public int Read(Span<T> values, Span<bool> nulls = default)
    {
        if (nulls.Length != values.Length && (Column.Nullable || !nulls.IsEmpty))
            throw new ArgumentException($"room for {values.Length} values and {nulls.Length} null flags", nameof(nulls));
        int total = (int)Math.Min(values.Length, RowsLeft);
        for (int done = 0; done < total;)
        {
            while (_pageRows == 0) NextPage();
            int count = Math.Min(total - done, _pageRows);
            if (Column.Nullable) count = ReadNullable(values.Slice(done, Math.Min(count, MostAtOnce)), nulls[done..]);
            else ReadValues(values.Slice(done, count));
            _pageRows -= count;
            RowsLeft -= count;
            done += count;
        }

        if (!Column.Nullable) nulls.Clear();
        return total;
    }

    private int ReadNullable(Span<T> values, Span<bool> nulls)
    {
        Span<int> levels = _levels.AsSpan(0, values.Length);
        _pageLevels!.Read(levels);
        int count = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i] is not (0 or 1)) throw _page!.Error($"definition level {levels[i]} in a flat column");
            count += levels[i];
            nulls[i] = levels[i] == 0;
        }

        ReadValues(values[..count]);
        for (int i = levels.Length - 1; count <= i; i--) values[i] = levels[i] == 0 ? default! : values[--count];
        return levels.Length;
    }

    private void ReadValues(Span<T> values)
    {
        if (_pageIndexes is null)
        {
            _plain.Read(values);
            return;
        }

        while (!values.IsEmpty)
        {
            Span<int> indexes = _indexes.AsSpan(0, Math.Min(values.Length, MostAtOnce));
            _pageIndexes.Read(indexes);
            for (int i = 0; i < indexes.Length; i++)
            {
                if ((uint)indexes[i] >= (uint)_dictionary!.Length)
                    throw _page!.Error($"index {(uint)indexes[i]} into a dictionary of {_dictionary.Length}");
                values[i] = _dictionary[indexes[i]];
            }

            values = values[indexes.Length..];
        }
    }

    private void NextPage()
    {
        long start = _pages.Offset;
        (PageHeader header, ByteReader body) = _pages.Next();
        if (header.Type == PageType.Dictionary)
        {
            ReadDictionary(header, body);
            return;
        }

        if (header.Values > RowsLeft)
            throw new ParquetFormatException($"{_name}: a page of {header.Values} values where {RowsLeft} rows are left", start);
        _page = body;
        _pageLevels = Column.Nullable && header.Values > 0 ? ReadLevels(header, body) : null;
        _pageIndexes = null;
        switch (header.Encoding)
        {
            case PageEncoding.Plain:
                _plain.Begin(body);
                break;
            case PageEncoding.PlainDictionary or PageEncoding.RleDictionary:
                if (_dictionary is null) throw new ParquetFormatException($"{_name}: dictionary indexes without a dictionary", start);

                // A page of nothing but nulls may end before the width of its indexes.
                int width = body.Remaining == 0 ? 0 : body.Byte();
                if (width > 32) throw body.Error($"dictionary indexes of {width} bits");
                _pageIndexes = new HybridDecoder(body, width);
                break;
            default:
                throw new ParquetFormatException($"{_name}: unsupported encoding {header.Encoding}", start);
        }

        _pageRows = header.Values;
    }

    private HybridDecoder ReadLevels(PageHeader header, ByteReader body)
    {
        if (header.Levels != PageEncoding.Rle) throw body.Error($"unsupported encoding {header.Levels} of definition levels");
        int length = body.Int32();
        return new HybridDecoder(body.Slice(length, $"definition levels of {_name}"), 1);
    }

    private void ReadDictionary(PageHeader header, ByteReader body)
    {
        if (_dictionary is not null) throw body.Error("a second dictionary");
        if (header.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
            throw body.Error($"unsupported encoding {header.Encoding} of a dictionary");
        if (header.Values > _plain.MostWithin(body.Remaining))
            throw body.Error($"a dictionary of {header.Values} values in {body.Remaining} bytes");
        _dictionary = new T[header.Values];
        _plain.Begin(body);
        _plain.Read(_dictionary);
    }
}
