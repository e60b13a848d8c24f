using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Shouldly;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Parquet;

public sealed class WriterTests
{
    private static readonly ParquetSchema _schema = new(
        new ParquetColumn("time_ns", ParquetType.Int64) { Metadata = new() { ["unit"] = "ns" } },
        new ParquetColumn("name", ParquetType.String, nullable: true));

    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Gzip)]
    public void TheBytesDoNotDependOnHowRowsWereBatched(ParquetCompression compression)
    {
        Table table = new(
            [new ParquetColumn("a", ParquetType.Int64, true), new ParquetColumn("b", ParquetType.String)],
            [Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? null : (object?)(long)i).ToArray(), Enumerable.Range(0, 100).Select(i => (object?)$"t{i % 9}").ToArray()]);
        ParquetWriterOptions options = new() { RowGroupRows = 7, PageBytes = 16, Compression = compression };
        byte[] one = table.Write(options, batch: 1);
        table.Write(options, batch: 10).ShouldBe(one);
        table.Write(options, batch: 100).ShouldBe(one);
    }

    [Fact]
    public void FullRowGroupsGoOutAsRowsArrive()
    {
        using MemoryStream stream = new();
        ParquetWriter writer = new(stream, new ParquetSchema(new ParquetColumn("x", ParquetType.Int64)), new() { RowGroupRows = 100 });
        ColumnBuffer<long> column = writer.Column<long>(0);
        column.Append(new long[250]);
        stream.Length.ShouldBe(4);
        writer.EndRow();
        stream.Length.ShouldBeInRange(1600, 1800);
        column.Count.ShouldBe(50);
        writer.Complete();
        ParquetReader reader = ParquetReader.Open(stream);
        Enumerable.Range(0, reader.RowGroupCount).Select(reader.RowGroupRows).ShouldBe([100, 100, 50]);
    }

    [Fact]
    public void AStreamThatCannotSeekIsEnough()
    {
        using MemoryStream compressed = new();
        using (DeflateStream forward = new(compressed, CompressionMode.Compress, leaveOpen: true)) WriteOneRow(forward, complete: true);
        compressed.Position = 0;
        using MemoryStream file = new();
        using (DeflateStream back = new(compressed, CompressionMode.Decompress)) back.CopyTo(file);
        Table.Read(file.ToArray()).Column(0).ShouldBe(["5"]);
    }

    [Fact]
    public void WithoutCompleteThereIsNoFile()
    {
        using MemoryStream stream = new();
        WriteOneRow(stream, complete: false);
        Should.Throw<ParquetFormatException>(() => ParquetReader.Open(stream));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void MetadataOfFileAndColumnsAreReadBackInOrder(int rows)
    {
        using MemoryStream stream = new();
        ParquetWriter writer = new(stream, _schema);
        writer.Metadata["study"] = "größe";
        writer.Metadata["empty"] = "";
        for (int i = 0; i < rows; i++)
        {
            writer.Column<long>("time_ns").Append(i);
            writer.Column<string>("name").AppendNull();
            writer.EndRow();
        }

        writer.Complete();
        ParquetReader reader = ParquetReader.Open(stream);
        reader.RowCount.ShouldBe(rows);
        reader.Metadata.Select(pair => $"{pair.Key}={pair.Value}").ShouldBe(["study=größe", "empty="]);
        reader.Schema[0].Metadata["unit"].ShouldBe("ns");
        reader.Schema[1].Metadata.ShouldBeEmpty();
        reader.Schema.Select(column => column.ToString()).ShouldBe(["time_ns: Int64", "name: String?"]);
    }

    [Fact]
    public void UnevenColumnsAreNamed()
    {
        ParquetWriter writer = new(Stream.Null, _schema);
        writer.Column<long>(0).Append(5);
        Should.Throw<InvalidOperationException>(writer.EndRow).Message.ShouldBe("column 'name' has 0 rows where 'time_ns' has 1");
    }

    [Fact]
    public void ARequiredColumnTakesNoNull()
    {
        ParquetWriter writer = new(Stream.Null, _schema);
        Should.Throw<InvalidOperationException>(writer.Column<long>(0).AppendNull).Message.ShouldContain("'time_ns' is required");
        Should.Throw<ArgumentNullException>(() => writer.Column<string>(1).Append((string)null!));
    }

    [Fact]
    public void AColumnIsAskedForByItsOwnTypeAndName()
    {
        ParquetWriter writer = new(Stream.Null, _schema);
        Should.Throw<ArgumentException>(() => writer.Column<int>(0)).Message.ShouldBe("column 'time_ns' holds Int64 values, not Int32");
        Should.Throw<ArgumentException>(() => writer.Column<long>("time")).Message.ShouldBe("no column 'time'; there are time_ns, name");
    }

    [Fact]
    public void HalfASurrogatePairIsRefused()
    {
        ColumnBuffer<string> column = new ParquetWriter(Stream.Null, _schema).Column<string>(1);
        foreach (string text in new[] { "\uD83D", "a\uDE00b", "\uDE00\uD83D" })
        {
            Should.Throw<ArgumentException>(() => column.Append(text));
            Should.Throw<ArgumentException>(() => column.Append(["fine", text]));
        }

        column.Count.ShouldBe(0);
    }

    [Fact]
    public void ACompleteFileTakesNothingMore()
    {
        ParquetWriter writer = new(Stream.Null, _schema);
        writer.Complete();
        Should.Throw<InvalidOperationException>(writer.Complete);
        Should.Throw<InvalidOperationException>(writer.EndRow);
    }

    [Fact]
    public void ASchemaHasColumnsWithDifferentNames()
    {
        Should.Throw<ArgumentException>(() => new ParquetSchema());
        Should.Throw<ArgumentException>(() => new ParquetSchema(_schema[0], _schema[0])).Message.ShouldStartWith("column name 'time_ns' occurs twice");
        Should.Throw<ArgumentException>(() => new ParquetColumn("", ParquetType.Int32));
    }

    [Fact]
    public void OptionsSayWhatTheyTake() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ParquetWriterOptions { PageBytes = 0 }).Message.ShouldContain("must be 1 to 536870912");

    private static void WriteOneRow(Stream stream, bool complete)
    {
        ParquetWriter writer = new(stream, new ParquetSchema(new ParquetColumn("x", ParquetType.Int32)), new() { RowGroupRows = 1 });
        writer.Column<int>(0).Append(5);
        writer.EndRow();
        if (complete) writer.Complete();
    }
}
