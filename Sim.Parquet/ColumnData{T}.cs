using System;

namespace Sim.Parquet;

/// <summary>A column, or a row group's part of it, read whole.</summary>
/// <typeparam name="T">bool, int, long, double or string, as the column has it.</typeparam>
public sealed class ColumnData<T>
    where T : notnull
{
    private readonly T[] _values;
    private readonly bool[] _nulls;

    internal ColumnData(T[] values, bool[] nulls)
    {
        _values = values;
        _nulls = nulls;
    }

    /// <summary>The number of rows.</summary>
    public int Count => _values.Length;

    /// <summary>A value a row; where a row has none, the type's default (for text a null reference).</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>Whether a row has no value; empty for a required column.</summary>
    public ReadOnlySpan<bool> Nulls => _nulls;

    /// <summary>The number of rows without a value.</summary>
    public int NullCount => Nulls.Count(true);

    /// <summary>Whether that row has no value.</summary>
    public bool IsNull(int row) => _nulls.Length != 0 && _nulls[row];

    /// <summary>The value of a row.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public T this[int row] => IsNull(row) ? throw new InvalidOperationException($"row {row} has no value") : _values[row];
}
