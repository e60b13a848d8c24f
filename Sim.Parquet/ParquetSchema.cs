using System;
using System.Collections;
using System.Collections.Generic;

namespace Sim.Parquet;

/// <summary>The columns of a file, in order: at least one, no two of one name (compared by code unit).</summary>
public sealed class ParquetSchema : IReadOnlyList<ParquetColumn>
{
    private readonly ParquetColumn[] _columns;
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">There is no column, or a name occurs twice.</exception>
    public ParquetSchema(params ReadOnlySpan<ParquetColumn> columns)
    {
        if (columns.IsEmpty) throw new ArgumentException("a schema needs at least one column", nameof(columns));
        _columns = columns.ToArray();
        for (int i = 0; i < _columns.Length; i++)
        {
            if (!_indexes.TryAdd(_columns[i].Name, i))
                throw new ArgumentException($"column name '{_columns[i].Name}' occurs twice", nameof(columns));
        }
    }

    /// <inheritdoc/>
    public int Count => _columns.Length;

    /// <inheritdoc/>
    public ParquetColumn this[int index] => _columns[index];

    /// <summary>The index of the column of this name, or -1.</summary>
    public int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);

    /// <inheritdoc/>
    public IEnumerator<ParquetColumn> GetEnumerator() => ((IEnumerable<ParquetColumn>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal int Require(string name)
    {
        int index = IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"no column '{name}'; there are {string.Join(", ", _indexes.Keys)}");
    }

    /// <summary>Checks that <typeparamref name="T"/> is the type of the column at this index.</summary>
    internal void RequireType<T>(int index)
    {
        ParquetColumn column = this[index];
        Type expected = column.Type switch
        {
            ParquetType.Boolean => typeof(bool),
            ParquetType.Int32 => typeof(int),
            ParquetType.Int64 => typeof(long),
            ParquetType.Double => typeof(double),
            _ => typeof(string),
        };
        if (expected != typeof(T))
            throw new ArgumentException($"column '{column.Name}' holds {expected.Name} values, not {typeof(T).Name}");
    }
}
