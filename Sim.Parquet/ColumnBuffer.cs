using System;
using Sim.Parquet.Format;
using Sim.Parquet.Writing;

namespace Sim.Parquet;

/// <summary>The rows of one column that the writer has not written yet. <see cref="ColumnBuffer{T}"/> takes the values.</summary>
public abstract class ColumnBuffer
{
    private protected ColumnBuffer(ParquetColumn column) => Column = column;

    /// <summary>The column of the schema that it fills.</summary>
    public ParquetColumn Column { get; }

    /// <summary>Rows appended since the last row group was written.</summary>
    public int Count { get; private protected set; }

    /// <summary>Appends a row without a value.</summary>
    /// <exception cref="InvalidOperationException">The column is required.</exception>
    public abstract void AppendNull();

    internal static ColumnBuffer Create(ParquetColumn column, ParquetWriterOptions options) => column.Type switch
    {
        ParquetType.Boolean => new ColumnBuffer<bool>(column, options, PhysicalType.Boolean),
        ParquetType.Int32 => new ColumnBuffer<int>(column, options, PhysicalType.Int32),
        ParquetType.Int64 => new ColumnBuffer<long>(column, options, PhysicalType.Int64),
        ParquetType.Double => new ColumnBuffer<double>(column, options, PhysicalType.Double),
        _ => new ColumnBuffer<string>(column, options, PhysicalType.ByteArray),
    };

    /// <summary>Writes that many rows, the first that were not written before; they stay until <see cref="Discard"/>.</summary>
    internal abstract ChunkFooter WriteChunk(PageWriter pages, int rows);

    /// <summary>Drops the rows that were written.</summary>
    internal abstract void Discard();
}
