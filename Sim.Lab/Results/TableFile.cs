using System;
using System.IO;
using System.Linq;
using Sim.Parquet;

namespace Sim.Lab.Results;

/// <summary>A table as it lies on the disk, read column by column. Whatever is wrong with it is a <see cref="ResultsException"/>.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly string _path;
    private readonly string _mend;
    private readonly FileStream _stream;
    private readonly ParquetReader _reader;

    private TableFile(string path, string mend, FileStream stream, ParquetReader reader)
    {
        _path = path;
        _mend = mend;
        _stream = stream;
        _reader = reader;
    }

    /// <summary>The file's columns, with their metadata.</summary>
    public ParquetSchema Schema => _reader.Schema;

    /// <summary>Rows of the file.</summary>
    public int Rows => checked((int)_reader.RowCount);

    /// <summary>Opens a table of this layout's version.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mend">What to do if it cannot be used.</param>
    public static TableFile Open(string path, string mend)
    {
        if (!File.Exists(path)) throw new ResultsException(path, "there is no such file", mend);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var file = new TableFile(path, mend, stream, ParquetReader.Open(stream));
            string current = TableMetadata.FormatVersion.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (file.Metadata(TableMetadata.Format) != current) throw file.Damaged($"is not a table of format {current}");
            return file;
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (e is IOException or UnauthorizedAccessException or ParquetFormatException) throw new ResultsException(path, e.Message, mend, e);
            throw;
        }
    }

    /// <summary>An entry of the file's metadata; empty if it has none of that key.</summary>
    public string Metadata(string key) => _reader.Metadata.TryGetValue(key, out string? value) ? value : "";

    /// <summary>An int32 column.</summary>
    public int[] Ints(string name) => Read<int>(name).Values.ToArray();

    /// <summary>An int64 column.</summary>
    public long[] Longs(string name) => Read<long>(name).Values.ToArray();

    /// <summary>A column of numbers of any type; NaN where a row has none.</summary>
    public double[] Reals(string name)
    {
        int index = Schema.IndexOf(name);
        return index >= 0 && Schema[index].Type == ParquetType.Int64
            ? WithNaN(Read<long>(name), value => value)
            : WithNaN(Read<double>(name), value => value);
    }

    /// <summary>A column of text; null where a row has none.</summary>
    public string[] Texts(string name) => Read<string>(name).Values.ToArray();

    /// <summary>What to throw where the content makes no sense.</summary>
    public ResultsException Damaged(string problem) => new(_path, problem, _mend);

    public void Dispose() => _stream.Dispose();

    private static double[] WithNaN<TNumber>(ColumnData<TNumber> column, Func<TNumber, double> convert)
        where TNumber : notnull =>
        [.. Enumerable.Range(0, column.Count).Select(row => column.IsNull(row) ? double.NaN : convert(column[row]))];

    private ColumnData<TValue> Read<TValue>(string name)
        where TValue : notnull
    {
        if (Schema.IndexOf(name) < 0) throw Damaged($"has no column {name}");
        try
        {
            return _reader.ReadColumn<TValue>(name);
        }
        catch (Exception e) when (e is IOException or ParquetFormatException or ArgumentException)
        {
            throw new ResultsException(_path, e.Message, _mend, e);
        }
    }
}
