using System;
using Sim.Parquet;

namespace Sim.Lab.Results;

/// <summary>One column of a table: its name, type, unit and meaning, and where a row has its value.</summary>
/// <typeparam name="TRow">The table's row.</typeparam>
internal sealed class TableColumn<TRow>
{
    /// <summary>The unit of what has none: names, identities.</summary>
    public const string NoUnit = "none";

    private readonly Func<ParquetWriter, int, Action<TRow>> _open;

    private TableColumn(string name, ParquetType type, bool isNullable, string unit, string meaning, Func<ParquetWriter, int, Action<TRow>> open)
    {
        Column = new ParquetColumn(name, type, isNullable)
        {
            Metadata = { [TableMetadata.Unit] = unit, [TableMetadata.Description] = meaning },
        };
        _open = open;
    }

    /// <summary>The column of the file.</summary>
    public ParquetColumn Column { get; }

    /// <summary>A column of int32.</summary>
    public static TableColumn<TRow> Int(string name, string unit, string meaning, Func<TRow, int> value) =>
        new(name, ParquetType.Int32, false, unit, meaning, Required(value));

    /// <summary>A column of int64.</summary>
    public static TableColumn<TRow> Long(string name, string unit, string meaning, Func<TRow, long> value) =>
        new(name, ParquetType.Int64, false, unit, meaning, Required(value));

    /// <summary>A column of int64 from doubles that hold whole numbers; null for NaN.</summary>
    public static TableColumn<TRow> OptionalLong(string name, string unit, string meaning, Func<TRow, double> value) =>
        new(name, ParquetType.Int64, true, unit, meaning, Optional(value, number => !double.IsNaN(number), number => checked((long)number)));

    /// <summary>A column of double.</summary>
    public static TableColumn<TRow> Real(string name, string unit, string meaning, Func<TRow, double> value) =>
        new(name, ParquetType.Double, false, unit, meaning, Required(value));

    /// <summary>A column of double; null for NaN.</summary>
    public static TableColumn<TRow> OptionalReal(string name, string unit, string meaning, Func<TRow, double> value) =>
        new(name, ParquetType.Double, true, unit, meaning, Optional(value, number => !double.IsNaN(number), number => number));

    /// <summary>A column of text.</summary>
    public static TableColumn<TRow> Text(string name, string meaning, Func<TRow, string> value) =>
        new(name, ParquetType.String, false, NoUnit, meaning, Required(value));

    /// <summary>A column of text that some rows lack.</summary>
    public static TableColumn<TRow> OptionalText(string name, string meaning, Func<TRow, string?> value) =>
        new(name, ParquetType.String, true, NoUnit, meaning, Optional(value, text => text is not null, text => text!));

    /// <summary>The same column with another entry in its metadata.</summary>
    public TableColumn<TRow> With(string key, string value)
    {
        Column.Metadata[key] = value;
        return this;
    }

    /// <summary>What adds a row's value to this column of a file, the index-th of its schema.</summary>
    public Action<TRow> Open(ParquetWriter writer, int index) => _open(writer, index);

    private static Func<ParquetWriter, int, Action<TRow>> Required<TValue>(Func<TRow, TValue> value)
        where TValue : notnull => (writer, index) =>
    {
        ColumnBuffer<TValue> buffer = writer.Column<TValue>(index);
        return row => buffer.Append(value(row));
    };

    private static Func<ParquetWriter, int, Action<TRow>> Optional<TGiven, TValue>(
        Func<TRow, TGiven> value, Func<TGiven, bool> isGiven, Func<TGiven, TValue> convert)
        where TValue : notnull => (writer, index) =>
    {
        ColumnBuffer<TValue> buffer = writer.Column<TValue>(index);
        return row =>
        {
            TGiven given = value(row);
            if (isGiven(given)) buffer.Append(convert(given));
            else buffer.AppendNull();
        };
    };
}
