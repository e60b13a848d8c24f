using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Parquet.Bytes;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;
using Sim.Parquet.Writing;

namespace Sim.Parquet;

/// <summary>
/// Writes a file front to back: append to every column, call <see cref="EndRow"/>, and at the end <see cref="Complete"/>. Full row
/// groups go out as rows arrive. The same schema, options, metadata and rows give the same bytes, however the rows were batched.
/// The stream is only written to, never sought, and stays the caller's to close. Without <see cref="Complete"/>
/// (an exception came between) there is no footer, and no reader takes the file for a whole one.
/// </summary>
public sealed class ParquetWriter
{
    private const string Creator = "sim-parquet version 1.0.0";

    private readonly Stream _stream;
    private readonly ParquetWriterOptions _options;
    private readonly PageWriter _pages;
    private readonly ColumnBuffer[] _columns;
    private readonly List<RowGroupFooter> _rowGroups = [];
    private bool _isComplete;

    /// <param name="stream">Where the file goes, from its first byte.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="options">How to cut and store; the defaults, if null.</param>
    public ParquetWriter(Stream stream, ParquetSchema schema, ParquetWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(schema);
        _stream = stream;
        Schema = schema;
        _options = options ?? new ParquetWriterOptions();
        _pages = new PageWriter(stream, _options.Compression);
        _columns = schema.Select(column => ColumnBuffer.Create(column, _options)).ToArray();
        _pages.Write(FileFrame.Magic);
    }

    public ParquetSchema Schema { get; }

    /// <summary>What the footer will say of the file; may change until <see cref="Complete"/>.</summary>
    public ParquetMetadata Metadata { get; } = new();

    /// <summary>The buffer of a column, to be kept and appended to: it is the same one for the writer's whole life.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the column's type.</exception>
    public ColumnBuffer<T> Column<T>(int index)
        where T : notnull
    {
        Schema.RequireType<T>(index);
        return (ColumnBuffer<T>)_columns[index];
    }

    /// <inheritdoc cref="Column{T}(int)"/>
    /// <exception cref="ArgumentException">There is no such column, or <typeparamref name="T"/> is not its type.</exception>
    public ColumnBuffer<T> Column<T>(string name)
        where T : notnull => Column<T>(Schema.Require(name));

    /// <summary>
    /// Says that every column has the same number of rows: after one row, or after a batch of any size.
    /// </summary>
    /// <exception cref="InvalidOperationException">They have not, or the file is complete.</exception>
    public void EndRow()
    {
        int rows = RequireEvenRows();
        if (rows < _options.RowGroupRows) return;
        for (int left = rows; left >= _options.RowGroupRows; left -= _options.RowGroupRows) WriteRowGroup(_options.RowGroupRows);
        DiscardWritten();
    }

    /// <summary>Writes the rows that are left, and the footer. Nothing can be added after it.</summary>
    /// <exception cref="InvalidOperationException">The columns differ in rows, or the file is complete.</exception>
    public void Complete()
    {
        EndRow();
        int rows = _columns[0].Count;

        // A file without rows has one row group without rows: the columns' metadata have no other place.
        if (rows > 0 || _rowGroups.Count == 0) WriteRowGroup(rows);
        DiscardWritten();
        _isComplete = true;

        ByteSink footer = new();
        FileFooter content = new(Schema, _rowGroups.Sum(group => group.Rows), _rowGroups, Metadata, Creator);
        new FooterWriter(new CompactWriter(footer)).Write(content);
        footer.Int32(footer.Length);
        footer.Bytes(FileFrame.Magic);
        _pages.Write(footer.Written);
        _stream.Flush();
    }

    private int RequireEvenRows()
    {
        if (_isComplete) throw new InvalidOperationException("the file is complete");
        int rows = _columns[0].Count;
        foreach (ColumnBuffer column in _columns)
        {
            if (column.Count != rows)
            {
                throw new InvalidOperationException(
                    $"column '{column.Column.Name}' has {column.Count} rows where '{_columns[0].Column.Name}' has {rows}");
            }
        }

        return rows;
    }

    private void WriteRowGroup(int rows)
    {
        ChunkFooter[] chunks = new ChunkFooter[_columns.Length];
        for (int i = 0; i < chunks.Length; i++) chunks[i] = _columns[i].WriteChunk(_pages, rows);
        _rowGroups.Add(new RowGroupFooter(rows, chunks));
    }

    private void DiscardWritten()
    {
        foreach (ColumnBuffer column in _columns) column.Discard();
    }
}
