using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Parquet;

public sealed class RoundTripTests
{
    private static readonly double[] _oddDoubles =
    [
        double.NaN, BitConverter.Int64BitsToDouble(0x7FF0_0000_0000_0001), double.PositiveInfinity, double.NegativeInfinity,
        0.0, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 0.1,
    ];

    private static readonly string[] _oddTexts = ["", "a", "naïve", "漢字", "😀", "\0", "line\nbreak", new string('x', 300)];

    [Fact]
    public void WhateverIsWrittenIsReadBackBitForBit() =>
        Prop.ForAll(Tables(), Layouts(), (table, layout) =>
            Table.Read(table.Write(layout, batch: 3)).ShouldHold(table)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(ParquetEncoding.Plain)]
    [InlineData(ParquetEncoding.Dictionary)]
    public void DoublesKeepTheirSignsAndPayloads(ParquetEncoding encoding)
    {
        Table table = Table.Of(Column(ParquetType.Double, false, encoding), [.. _oddDoubles.Cast<object>(), .. _oddDoubles.Cast<object>()]);
        Table.Read(table.Write()).ShouldHold(table);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1000)]
    public void AColumnOfNothingButNullsIsReadBack(int rows)
    {
        foreach (ParquetType type in Enum.GetValues<ParquetType>())
        {
            Table table = Table.Of(Column(type, true, ParquetEncoding.Dictionary), new object?[rows]);
            Table.Read(table.Write(new ParquetWriterOptions { RowGroupRows = 600 })).ShouldHold(table);
        }
    }

    [Fact]
    public void EveryIndexWidthOfADictionaryIsReadBack()
    {
        for (int distinct = 1; distinct <= 70_000; distinct = (distinct * 2) + 1)
        {
            object?[] values = Enumerable.Range(0, distinct + 20).Select(i => (object?)(i % distinct * 7)).ToArray();
            Table table = Table.Of(Column(ParquetType.Int32, false, ParquetEncoding.Dictionary), values);
            Table.Read(table.Write(batch: values.Length)).ShouldHold(table);
        }
    }

    [Fact]
    public void RunsAndLiteralsInAnyOrderAreReadBack() =>
        Prop.ForAll(Gen.ListOf(Gen.Zip(Gen.Choose(0, 5), Gen.Choose(1, 30))).ToArbitrary(), runs =>
        {
            object?[] values = runs.SelectMany(run => Enumerable.Repeat<object?>(run.Item1 == 5 ? null : (long)run.Item1, run.Item2)).ToArray();
            Table table = Table.Of(Column(ParquetType.Int64, true, ParquetEncoding.Dictionary), values);
            Table.Read(table.Write(batch: 1 + values.Length)).ShouldHold(table);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<ParquetWriterOptions> Layouts() =>
        (from rows in Gen.Choose(1, 60)
         from page in Gen.Choose(1, 200)
         from dictionary in Gen.Choose(1, 400)
         from gzip in Gen.Elements(ParquetCompression.None, ParquetCompression.Gzip)
         select new ParquetWriterOptions { RowGroupRows = rows, PageBytes = page, DictionaryBytes = dictionary, Compression = gzip })
        .ToArbitrary();

    private static Arbitrary<Table> Tables() =>
        (from rows in Gen.Choose(0, 150)
         from shapes in Gen.Zip(Gen.Elements(Enum.GetValues<ParquetType>()), Gen.Choose(0, 3)).NonEmptyListOf()
         from columns in Gen.CollectToArray(shapes.Take(6).Select((shape, i) => Filled($"c{i}", shape.Item1, shape.Item2, rows)))
         select new Table(columns.Select(c => c.Item1).ToArray(), columns.Select(c => c.Item2).ToArray()))
        .ToArbitrary();

    private static Gen<(ParquetColumn, object?[])> Filled(string name, ParquetType type, int shape, int rows)
    {
        bool nullable = (shape & 1) != 0;
        Gen<object?> value = type switch
        {
            ParquetType.Boolean => Gen.Elements<object?>(true, false),
            ParquetType.Int32 => Gen.Elements<object?>(0, 1, -1, int.MaxValue, int.MinValue, 77),
            ParquetType.Int64 => Gen.Elements<object?>(0L, 1L, -1L, long.MaxValue, long.MinValue, (1L << 53) + 1),
            ParquetType.Double => Gen.Elements(_oddDoubles.Cast<object?>().ToArray()),
            _ => Gen.Elements(_oddTexts.Cast<object?>().ToArray()),
        };
        if (nullable) value = Gen.OneOf(value, Gen.Constant<object?>(null));
        ParquetColumn column = new(name, type, nullable) { Encoding = shape >= 2 ? ParquetEncoding.Dictionary : ParquetEncoding.Plain };
        return value.ArrayOf(rows).Select(values => (column, values));
    }

    private static ParquetColumn Column(ParquetType type, bool nullable, ParquetEncoding encoding) =>
        new("x", type, nullable) { Encoding = encoding };
}
