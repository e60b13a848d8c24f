using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Shouldly;
using Sim.Lab.Results;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>Tables as comma-separated values and as JSON Lines.</summary>
public sealed class TableTextTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("text-").FullName, "table.parquet");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, true);

    [Fact]
    public void NoValueAnEmptyTextAndNaNAreToldApart()
    {
        Write(1000, ("a, b", 1, null, true), ("", 2, double.NaN, false), (null, long.MaxValue, 0.1, true), ("says \"x\"\nand é", -1, double.PositiveInfinity, true));
        Text(TableText.WriteCsv).ShouldBe("text,\"whole, 64\",real,truth\r\n\"a, b\",1,,true\r\n\"\",2,NaN,false\r\n,9223372036854775807,0.1,true\r\n\"says \"\"x\"\"\nand é\",-1,Infinity,true\r\n");
        Text(TableText.WriteJsonLines).Split('\n').ShouldBe(
        [
            """{"text":"a, b","whole, 64":1,"real":null,"truth":true}""", """{"text":"","whole, 64":2,"real":null,"truth":false}""",
            """{"text":null,"whole, 64":9223372036854775807,"real":0.1,"truth":true}""", """{"text":"says \"x\"\nand é","whole, 64":-1,"real":null,"truth":true}""", "",
        ]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(5000)]
    public void EveryRowOfEveryRowGroupIsThereInOrder(int rows)
    {
        Write(700, [.. Enumerable.Range(0, rows).Select(row => (row % 3 == 0 ? null : $"t{row}", (long)row, (double?)(row / 7.0), row % 2 == 0))]);
        string[] lines = Text(TableText.WriteJsonLines).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(rows);
        for (int row = 0; row < rows; row++)
        {
            JsonElement element = JsonDocument.Parse(lines[row]).RootElement;
            element.GetProperty("text").GetString().ShouldBe(row % 3 == 0 ? null : $"t{row}");
            element.GetProperty("whole, 64").GetInt64().ShouldBe(row);
            element.GetProperty("real").GetDouble().ShouldBe(row / 7.0);
        }
    }

    [Fact]
    public void WhatIsNoTableIsSaid()
    {
        Should.Throw<ResultsException>(() => Text(TableText.WriteCsv)).Message.ShouldContain("there is no such file");
        File.WriteAllText(_path, new string('x', 100));
        Should.Throw<ResultsException>(() => Text(TableText.WriteCsv)).Message.ShouldContain("not a Parquet file");
    }

    private void Write(int rowsOfGroup, params (string? Text, long Whole, double? Real, bool Truth)[] rows)
    {
        using FileStream stream = File.Create(_path);
        var schema = new ParquetSchema(new ParquetColumn("text", ParquetType.String, true), new ParquetColumn("whole, 64", ParquetType.Int64),
            new ParquetColumn("real", ParquetType.Double, true), new ParquetColumn("truth", ParquetType.Boolean));
        var writer = new ParquetWriter(stream, schema, new ParquetWriterOptions { RowGroupRows = rowsOfGroup });
        foreach (var (text, whole, real, truth) in rows)
        {
            if (text is null) writer.Column<string>(0).AppendNull();
            else writer.Column<string>(0).Append(text);
            writer.Column<long>(1).Append(whole);
            if (real is null) writer.Column<double>(2).AppendNull();
            else writer.Column<double>(2).Append(real.Value);
            writer.Column<bool>(3).Append(truth);
            writer.EndRow();
        }
        writer.Complete();
    }

    private string Text(Action<string, TextWriter> write)
    {
        using var text = new StringWriter();
        write(_path, text);
        return text.ToString();
    }
}
