using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Parquet;

namespace Sim.Tests.Parquet;

/// <summary>Columns of boxed values (null for none), written and read through the public face.</summary>
internal sealed record Table(IReadOnlyList<ParquetColumn> Columns, IReadOnlyList<object?[]> Values)
{
    public int Rows => Values[0].Length;

    public static Table Of<T>(string name, bool nullable, params T[] values) =>
        Of(new ParquetColumn(name, TypeOf(typeof(T)), nullable), values.Cast<object?>().ToArray());

    public static Table Of(ParquetColumn column, params object?[] values) => new([column], [values]);

    /// <summary>Writes all rows, saying after every <paramref name="batch"/> rows that they are whole.</summary>
    public byte[] Write(ParquetWriterOptions? options = null, int batch = 1, Action<ParquetWriter>? configure = null)
    {
        using MemoryStream stream = new();
        ParquetWriter writer = new(stream, new ParquetSchema([.. Columns]), options);
        configure?.Invoke(writer);
        for (int row = 0; row < Rows; row += batch)
        {
            for (int column = 0; column < Columns.Count; column++)
            {
                foreach (object? value in Values[column].Skip(row).Take(batch)) Append(writer, column, value);
            }

            writer.EndRow();
        }

        writer.Complete();
        return stream.ToArray();
    }

    public static Table Read(byte[] file)
    {
        using MemoryStream stream = new(file);
        return Read(ParquetReader.Open(stream));
    }

    public static Table Read(ParquetReader reader) => new([.. reader.Schema], [.. reader.Schema.Select(column => ReadColumn(reader, column))]);

    /// <summary>Doubles as their bits, so that NaN equals itself and the zeros differ.</summary>
    public string[] Column(int index) => Values[index].Select(Show).ToArray();

    public void ShouldHold(Table expected)
    {
        Columns.Select(column => column.ToString()).ShouldBe(expected.Columns.Select(column => column.ToString()));
        for (int i = 0; i < Columns.Count; i++)
        {
            (string[] actual, string[] wanted) = (Column(i), expected.Column(i));
            if (!actual.AsSpan().SequenceEqual(wanted)) actual.ShouldBe(wanted, Columns[i].ToString());
        }
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        double number => $"{number:R} {BitConverter.DoubleToInt64Bits(number):x16}",
        string text => $"'{text}'",
        _ => value.ToString()!,
    };

    private static object?[] ReadColumn(ParquetReader reader, ParquetColumn column) => column.Type switch
    {
        ParquetType.Boolean => Box(reader.ReadColumn<bool>(column.Name)),
        ParquetType.Int32 => Box(reader.ReadColumn<int>(column.Name)),
        ParquetType.Int64 => Box(reader.ReadColumn<long>(column.Name)),
        ParquetType.Double => Box(reader.ReadColumn<double>(column.Name)),
        _ => Box(reader.ReadColumn<string>(column.Name)),
    };

    private static object?[] Box<T>(ColumnData<T> data)
        where T : notnull
    {
        object?[] values = new object?[data.Count];
        for (int row = 0; row < values.Length; row++) values[row] = data.IsNull(row) ? null : data[row];
        return values;
    }

    private static void Append(ParquetWriter writer, int column, object? value)
    {
        ParquetType type = writer.Schema[column].Type;
        if (type == ParquetType.Boolean) Append(writer.Column<bool>(column), value);
        else if (type == ParquetType.Int32) Append(writer.Column<int>(column), value);
        else if (type == ParquetType.Int64) Append(writer.Column<long>(column), value);
        else if (type == ParquetType.Double) Append(writer.Column<double>(column), value);
        else Append(writer.Column<string>(column), value);
    }

    private static void Append<T>(ColumnBuffer<T> buffer, object? value)
        where T : notnull
    {
        if (value is null) buffer.AppendNull();
        else buffer.Append((T)value);
    }

    private static ParquetType TypeOf(Type type) => type switch
    {
        _ when type == typeof(bool) || type == typeof(bool?) => ParquetType.Boolean,
        _ when type == typeof(int) || type == typeof(int?) => ParquetType.Int32,
        _ when type == typeof(long) || type == typeof(long?) => ParquetType.Int64,
        _ when type == typeof(double) || type == typeof(double?) => ParquetType.Double,
        _ => ParquetType.String,
    };
}
