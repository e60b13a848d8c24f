using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Parquet;

/// <summary>Files that DuckDB wrote (Interop/write-duckdb.mjs), read by our reader; SIM_INTEROP_IN may name a folder of fresh ones.</summary>
public sealed class DuckDbFileTests
{
    private const int Rows = 2100;

    private static string Folder =>
        Environment.GetEnvironmentVariable("SIM_INTEROP_IN") is { Length: > 0 } folder
            ? folder
            : Path.Combine(AppContext.BaseDirectory, "Parquet", "Fixtures");

    [Theory]
    [InlineData("duckdb-uncompressed.parquet")]
    [InlineData("duckdb-gzip.parquet")]
    public void AFileOfDuckDbIsReadExactly(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, name));
        ParquetReader reader = ParquetReader.Open(stream);
        Table read = Table.Read(reader);
        read.Columns.Select(column => column.ToString()).ShouldBe(
            ["big: Int64?", "small: Int32?", "flag: Boolean?", "ratio: Double?", "word: String?", "key: String?", "nothing: String?"]);
        reader.CreatedBy.ShouldStartWith("DuckDB");
        reader.RowCount.ShouldBe(Rows);
        reader.RowGroupCount.ShouldBe(2);
        Func<int, object?>[] expected = [Big, Small, Flag, Ratio, Word, i => $"key {i}", _ => null];
        read.ShouldHold(new Table(read.Columns, [.. expected.Select(value => Enumerable.Range(0, Rows).Select(value).ToArray())]));
    }

    [Fact]
    public void TheBoundsOfDuckDbAreRead()
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, "duckdb-gzip.parquet"));
        ParquetReader reader = ParquetReader.Open(stream);
        reader.Statistics(0, 0).ShouldBe(new ColumnStatistics(0, long.MinValue, long.MaxValue));
        reader.Statistics(0, 1).ShouldBe(new ColumnStatistics(410, -19, 19));
    }

    private static object Big(int i) => i switch
    {
        1 => long.MaxValue,
        2 => long.MinValue,
        _ => (i - 1000) * 1234567890123457,
    };

    private static object? Small(int i) => i % 5 == 0 ? null : (i % 40) - 20;

    private static object? Flag(int i) => i % 7 == 0 ? null : i % 3 == 0;

    // DuckDB's NaN has a clear sign, where double.NaN of .NET has it set.
    private static object? Ratio(int i) => (i % 11) switch
    {
        0 => BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000),
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => -0.0,
        4 => null,
        _ => i / 8.0,
    };

    private static object? Word(int i) => (i % 4) switch
    {
        0 => null,
        1 => "",
        2 => "naïve 漢字 😀",
        _ => $"word {i % 50}",
    };
}
