using System;
using System.Runtime.CompilerServices;
using Sim.Parquet.Format;
using Sim.Parquet.Writing;

namespace Sim.Parquet;

/// <summary>Takes the values of one column, row after row; <see cref="ParquetWriter.EndRow"/> says when rows are whole.</summary>
/// <typeparam name="T">bool, int, long, double or string, as the column has it.</typeparam>
public sealed class ColumnBuffer<T> : ColumnBuffer
    where T : notnull
{
    private const int LongestText = 1 << 28;

    private readonly ChunkEncoder<T> _encoder;
    private readonly PhysicalType _type;
    private T[] _values = new T[64];
    private int[] _levels = [];
    private int _valueCount;
    private int _rowsWritten;
    private int _valuesWritten;

    internal ColumnBuffer(ParquetColumn column, ParquetWriterOptions options, PhysicalType type)
        : base(column)
    {
        _encoder = new ChunkEncoder<T>(column, options);
        _type = type;
    }

    /// <summary>Appends a row with a value.</summary>
    /// <exception cref="ArgumentException">The text has half a surrogate pair, or more than 2^28 characters.</exception>
    public void Append(T value)
    {
        if (typeof(T) == typeof(string)) RequireText((string?)(object)value);
        if (_valueCount == _values.Length) Grow(1);
        _values[_valueCount++] = value;
        AppendLevel(1, 1);
    }

    /// <summary>Appends a row for each of the values.</summary>
    /// <exception cref="ArgumentException">As for one value; then none is appended.</exception>
    public void Append(ReadOnlySpan<T> values)
    {
        if (typeof(T) == typeof(string))
        {
            foreach (T value in values) RequireText((string?)(object)value);
        }

        if (values.Length > _values.Length - _valueCount) Grow(values.Length);
        values.CopyTo(_values.AsSpan(_valueCount));
        _valueCount += values.Length;
        AppendLevel(1, values.Length);
    }

    /// <inheritdoc/>
    public override void AppendNull()
    {
        if (!Column.Nullable) throw new InvalidOperationException($"column '{Column.Name}' is required and takes no null");
        AppendLevel(0, 1);
    }

    internal override ChunkFooter WriteChunk(PageWriter pages, int rows)
    {
        ReadOnlySpan<int> levels = Column.Nullable ? _levels.AsSpan(_rowsWritten, rows) : default;
        int count = Column.Nullable ? rows - System.MemoryExtensions.Count(levels, 0) : rows;
        ChunkFooter footer = _encoder.Encode(pages, _values.AsSpan(_valuesWritten, count), levels, rows, _type);
        _rowsWritten += rows;
        _valuesWritten += count;
        return footer;
    }

    internal override void Discard()
    {
        if (Column.Nullable) _levels.AsSpan(_rowsWritten, Count - _rowsWritten).CopyTo(_levels);
        _values.AsSpan(_valuesWritten, _valueCount - _valuesWritten).CopyTo(_values);
        int valuesLeft = _valueCount - _valuesWritten;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) _values.AsSpan(valuesLeft, _valuesWritten).Clear();
        Count -= _rowsWritten;
        _valueCount = valuesLeft;
        _rowsWritten = 0;
        _valuesWritten = 0;
    }

    private static void RequireText(string? text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText) throw new ArgumentException($"text of {text.Length} characters; the most is {LongestText}");
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i++)) throw new ArgumentException($"half a surrogate pair at character {i - 1}");
        }
    }

    private void AppendLevel(int level, int count)
    {
        if (Column.Nullable)
        {
            if (count > _levels.Length - Count) Array.Resize(ref _levels, Larger(_levels.Length, Count, count));
            _levels.AsSpan(Count, count).Fill(level);
        }

        Count += count;
    }

    private void Grow(int count) => Array.Resize(ref _values, Larger(_values.Length, _valueCount, count));

    private static int Larger(int length, int used, int more) =>
        (int)Math.Min(Array.MaxLength, Math.Max(2L * length, checked(used + more)));
}
