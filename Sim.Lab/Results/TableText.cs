using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sim.Parquet;

namespace Sim.Lab.Results;

/// <summary>
/// A Parquet file as text, row after row and in the memory of a few rows a column. Comma-separated values (RFC 4180) begin with the columns' names; no value is an
/// empty field, an empty text "". In JSON Lines each row is an object; no value is null, and so is a number that JSON does not have: NaN, infinities.
/// Numbers have as many digits as tell them from their neighbours.
/// </summary>
public static class TableText
{
    private const int RowsAtOnce = 1024;

    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file as comma-separated values.</summary>
    /// <exception cref="ResultsException">It cannot be read, or is damaged.</exception>
    public static void WriteCsv(string path, TextWriter to) => Write(path, reader =>
    {
        to.Write(string.Join(',', reader.Schema.Select(column => CsvField.Of(column.Name))) + "\r\n");
        ForEachRow(reader, cells => to.Write(string.Join(',', cells.Select(CsvText)) + "\r\n"));
    });

    /// <summary>Writes a file as JSON Lines.</summary>
    /// <inheritdoc cref="WriteCsv"/>
    public static void WriteJsonLines(string path, TextWriter to) => Write(path, reader =>
    {
        string[] names = [.. reader.Schema.Select(column => JsonSerializer.Serialize(column.Name, _readable))];
        ForEachRow(reader, cells => to.Write("{" + string.Join(",", names.Zip(cells, (name, cell) => $"{name}:{JsonText(cell)}")) + "}\n"));
    });

    private static void Write(string path, Action<ParquetReader> write)
    {
        const string mend = "name a Parquet file, or a folder of results and one of its tables";
        if (!File.Exists(path)) throw new ResultsException(path, "there is no such file", mend);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            write(ParquetReader.Open(stream));
        }
        catch (ParquetFormatException e)
        {
            throw new ResultsException(path, e.Message, mend, e);
        }
    }

    private static void ForEachRow(ParquetReader reader, Action<IEnumerable<object?>> write)
    {
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            IEnumerator<object?>[] columns = [.. Enumerable.Range(0, reader.Schema.Count).Select(column => Values(reader, group, column).GetEnumerator())];
            for (long row = reader.RowGroupRows(group); row > 0; row--)
            {
                foreach (IEnumerator<object?> column in columns) column.MoveNext();
                write(columns.Select(column => column.Current));
            }
        }
    }

    private static IEnumerable<object?> Values(ParquetReader reader, int group, int column) => reader.Schema[column].Type switch
    {
        ParquetType.Boolean => Values(reader.OpenColumn<bool>(group, column)),
        ParquetType.Int32 => Values(reader.OpenColumn<int>(group, column)),
        ParquetType.Int64 => Values(reader.OpenColumn<long>(group, column)),
        ParquetType.Double => Values(reader.OpenColumn<double>(group, column)),
        _ => Values(reader.OpenColumn<string>(group, column)),
    };

    private static IEnumerable<object?> Values<T>(ColumnReader<T> column)
        where T : notnull
    {
        var values = new T[RowsAtOnce];
        bool[] nulls = column.Column.Nullable ? new bool[RowsAtOnce] : [];
        for (int count = column.Read(values, nulls); count > 0; count = column.Read(values, nulls))
        {
            for (int row = 0; row < count; row++) yield return nulls.Length > 0 && nulls[row] ? null : values[row];
        }
    }

    private static string CsvText(object? value) => value switch
    {
        null => "",
        string { Length: 0 } => "\"\"",
        string text => CsvField.Of(text),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string JsonText(object? value) => value is null or double and not (> double.NegativeInfinity and < double.PositiveInfinity) ? "null" : JsonSerializer.Serialize(value, _readable);
}
