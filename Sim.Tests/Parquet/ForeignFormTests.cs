using System;
using System.Linq;
using Shouldly;
using Sim.Parquet;
using Sim.Parquet.Format;
using Xunit;

namespace Sim.Tests.Parquet;

/// <summary>Forms that other writers use and ours does not.</summary>
public sealed class ForeignFormTests
{
    private static readonly ParquetColumn _required = new("x", ParquetType.Int32);
    private static readonly ParquetColumn _nullable = new("x", ParquetType.Int32, nullable: true);

    [Fact]
    public void AWriterMayFallBackToPlainWithinAChunk() =>
        Read(new HandMadeFile(_required, 5)
            .Page(PageType.Dictionary, PageEncoding.Plain, 2, Ints(70, 80))
            .Page(PageType.Data, PageEncoding.RleDictionary, 3, 1, 0b11, 0b101)
            .Page(PageType.Data, PageEncoding.Plain, 2, Ints(90, 91))).ShouldBe(["80", "70", "80", "90", "91"]);

    [Fact]
    public void PlainDictionaryIsTheOldNameOfBothParts() =>
        Read(new HandMadeFile(_required, 2)
            .Page(PageType.Dictionary, PageEncoding.PlainDictionary, 2, Ints(70, 80))
            .Page(PageType.Data, PageEncoding.PlainDictionary, 2, 1, 4, 1)).ShouldBe(["80", "80"]);

    [Fact]
    public void IndexesIntoADictionaryOfOneMayTakeNoBits() =>
        Read(new HandMadeFile(_required, 3)
            .Page(PageType.Dictionary, PageEncoding.Plain, 1, Ints(70))
            .Page(PageType.Data, PageEncoding.RleDictionary, 3, 0, 6)).ShouldBe(["70", "70", "70"]);

    [Fact]
    public void TheLastGroupOfBitsMayBeCutShort() =>
        Read(new HandMadeFile(_required, 2)
            .Page(PageType.Dictionary, PageEncoding.Plain, 9, Ints(0, 10, 20, 30, 40, 50, 60, 70, 80))
            .Page(PageType.Data, PageEncoding.RleDictionary, 2, 4, 0b11, 0x58)).ShouldBe(["80", "50"]);

    [Fact]
    public void APageOfNullsMayEndBeforeTheWidthOfItsIndexes() =>
        Read(new HandMadeFile(_nullable, 3)
            .Page(PageType.Dictionary, PageEncoding.Plain, 0)
            .Page(PageType.Data, PageEncoding.RleDictionary, 3, [.. Ints(2), 6, 0])).ShouldBe(["null", "null", "null"]);

    [Fact]
    public void EmptyPagesAndIndexPagesArePassedOver() =>
        Read(new HandMadeFile(_nullable, 1)
            .Page(PageType.Index, PageEncoding.Plain, 0, 1, 2, 3)
            .Page(PageType.Data, PageEncoding.Plain, 0)
            .Page(PageType.Data, PageEncoding.Plain, 1, [.. Ints(2), 2, 1, .. Ints(5)])).ShouldBe(["5"]);

    [Fact]
    public void ADictionaryAtByteZeroIsNone() =>
        Read(new HandMadeFile(_required, 1) { DictionaryPageOffset = 0 }.Page(PageType.Data, PageEncoding.Plain, 1, Ints(5))).ShouldBe(["5"]);

    [Fact]
    public void PortionsOfAnyLengthAreTheSameRows()
    {
        object?[] values = Enumerable.Range(0, 5000).Select(i => i % 7 == 0 ? null : (object?)i).ToArray();
        byte[] file = Table.Of(_nullable, values).Write(new ParquetWriterOptions { PageBytes = 900 });
        ColumnReader<int> reader = ParquetReader.Open(new System.IO.MemoryStream(file)).OpenColumn<int>(0, 0);
        int done = 0;
        for (int portion = 1; reader.RowsLeft > 0; portion += 97)
        {
            int[] read = new int[portion];
            bool[] nulls = new bool[portion];
            int count = reader.Read(read, nulls);
            for (int i = 0; i < count; i++, done++) (nulls[i] ? null : (object?)read[i]).ShouldBe(values[done]);
        }

        done.ShouldBe(values.Length);
        reader.Read(new int[1], new bool[1]).ShouldBe(0);
        Should.Throw<ArgumentException>(() => reader.Read(new int[1]));
    }

    private static string[] Read(HandMadeFile file) => Table.Read(file.ToBytes()).Column(0);

    private static byte[] Ints(params int[] values) => values.SelectMany(BitConverter.GetBytes).ToArray();
}
