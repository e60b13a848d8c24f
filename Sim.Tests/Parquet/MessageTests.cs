using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Parquet;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;
using Xunit;

namespace Sim.Tests.Parquet;

/// <summary>What the reader says of a file that it cannot read.</summary>
public sealed class MessageTests
{
    private static readonly ParquetColumn _required = new("x", ParquetType.Int32);
    private static readonly ParquetColumn _nullable = new("x", ParquetType.Int32, nullable: true);

    [Fact]
    public void AFileThatIsNoParquetFile()
    {
        Message([]).ShouldBe("a file of 0 bytes is too short to be Parquet: it ends at byte 0");
        Message("id,time,latency\n"u8.ToArray()).ShouldBe("not a Parquet file: no 'PAR1' at byte 0");
        Message("PAR1 then nothing"u8.ToArray()).ShouldBe("truncated file: no 'PAR1' at its end, at byte 13");
        Message("PAR1\0\0\0\0PARE"u8.ToArray()).ShouldBe("encrypted footers are not supported: 'PARE' at byte 8");
        Message("PAR1\u007F\u007F\0\0PAR1"u8.ToArray()).ShouldStartWith("a footer of ");
    }

    [Fact]
    public void ACodecIsNamed() =>
        Message(new HandMadeFile(_required, 1) { Codec = Codec.Snappy }.Page(PageType.Data, PageEncoding.Plain, 1, 1, 2, 3, 4))
            .ShouldBe("column 'x': unsupported codec Snappy at byte 4");

    [Fact]
    public void AnEncodingIsNamed() =>
        Message(new HandMadeFile(_required, 1).Page(PageType.Data, PageEncoding.DeltaBinaryPacked, 1, 1, 2, 3, 4))
            .ShouldBe("column 'x': unsupported encoding DeltaBinaryPacked at byte 4");

    [Fact]
    public void APageOfAnotherVersionIsNamed() =>
        Message(new HandMadeFile(_required, 1).Page(PageType.DataV2, PageEncoding.Plain, 1, 1, 2, 3, 4))
            .ShouldBe("column 'x': data pages of version 2 are not supported at byte 4");

    [Theory]
    [InlineData("Int96")]
    [InlineData("Float")]
    [InlineData("FixedLengthByteArray")]
    public void ATypeIsNamed(string type) =>
        Message(Footer(thrift => Element(thrift, type: (int)Enum.Parse<PhysicalType>(type)))).ShouldContain($"column 'x' has unsupported type {type} at byte ");

    [Fact]
    public void NestingIsNamed()
    {
        Message(Footer(thrift => Element(thrift, children: 2))).ShouldContain("nesting is not supported: column 'x' is a group at byte ");
        Message(Footer(thrift => Element(thrift, type: 1, repetition: 2))).ShouldContain("nesting is not supported: column 'x' is repeated at byte ");
    }

    [Fact]
    public void AnnotatedBytesAreNoText() =>
        Message(Footer(thrift => Element(thrift, type: 6, converted: 5))).ShouldContain("unsupported type ByteArray with annotation converted 5 at byte ");

    [Fact]
    public void RowCountsThatDisagree()
    {
        Message(new HandMadeFile(_required, 1).Page(PageType.Data, PageEncoding.Plain, 2, new byte[8]))
            .ShouldBe("column 'x': a page of 2 values where 1 rows are left at byte 4");
        Message(new HandMadeFile(_required, 2).Page(PageType.Data, PageEncoding.Plain, 1, new byte[4]))
            .ShouldBe("column 'x': ends before its last value at byte 25");
        Message(new HandMadeFile(_required, 2).Page(PageType.Data, PageEncoding.Plain, 2, new byte[4]))
            .ShouldBe("page of column 'x': truncated: 8 bytes wanted, 4 left at byte 21");
    }

    [Fact]
    public void IndexesThatPointNowhere()
    {
        Message(new HandMadeFile(_required, 1).Page(PageType.Data, PageEncoding.RleDictionary, 1, 1, 2, 0))
            .ShouldBe("column 'x': dictionary indexes without a dictionary at byte 4");
        Message(new HandMadeFile(_required, 1)
            .Page(PageType.Dictionary, PageEncoding.Plain, 1, 1, 2, 3, 4)
            .Page(PageType.Data, PageEncoding.RleDictionary, 1, 2, 2, 3)).ShouldContain("index 3 into a dictionary of 1 at byte ");
    }

    [Fact]
    public void AVarintThatDoesNotEnd() =>
        Message(new HandMadeFile(_nullable, 1).Page(PageType.Data, PageEncoding.Plain, 1, [6, 0, 0, 0, 255, 255, 255, 255, 255, 255]))
            .ShouldBe("definition levels of column 'x': varint of more than 32 bits at byte 25");

    [Fact]
    public void SizesThatTheFileCannotHold()
    {
        Message(new HandMadeFile(_required, 1).Page(PageType.Dictionary, PageEncoding.Plain, int.MaxValue, 1, 2, 3, 4))
            .ShouldContain("a dictionary of 2147483647 values in 4 bytes at byte ");
        byte[] nulls = [.. BitConverter.GetBytes(6), 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0];
        Message(new HandMadeFile(_nullable, int.MaxValue).Page(PageType.Data, PageEncoding.Plain, int.MaxValue, nulls))
            .ShouldContain("are too many to read whole");
    }

    [Fact]
    public void ALongColumnOfNullsCanStillBeReadInPortions()
    {
        byte[] nulls = [.. BitConverter.GetBytes(6), 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0];
        byte[] file = new HandMadeFile(_nullable, int.MaxValue).Page(PageType.Data, PageEncoding.Plain, int.MaxValue, nulls).ToBytes();
        ColumnReader<int> reader = ParquetReader.Open(new MemoryStream(file)).OpenColumn<int>(0, 0);
        bool[] flags = new bool[5000];
        reader.Read(new int[5000], flags).ShouldBe(5000);
        flags.ShouldAllBe(isNull => isNull);
    }

    [Fact]
    public void NestingWithoutEndIsNoStackOverflow()
    {
        byte[] deep = Enumerable.Repeat((byte)0x1C, 100_000).ToArray();
        Message([.. "PAR1"u8, .. deep, .. BitConverter.GetBytes(deep.Length), .. "PAR1"u8]).ShouldContain("structures nested deeper than 32 at byte ");
    }

    private static string Message(HandMadeFile file) => Message(file.ToBytes());

    private static string Message(byte[] file) => Should.Throw<ParquetFormatException>(() => Table.Read(file)).Message;

    private static byte[] Footer(Action<CompactWriter> element) => HandMadeFile.OfFooter(thrift =>
    {
        thrift.Begin();
        thrift.List(2, CompactType.Struct, 2);
        thrift.Begin();
        thrift.Text(4, "schema");
        thrift.Int32(5, 1);
        thrift.End();
        element(thrift);
        thrift.End();
    });

    private static void Element(CompactWriter thrift, int? type = null, int repetition = 0, int? children = null, int? converted = null)
    {
        thrift.Begin();
        if (type is not null) thrift.Int32(1, type.Value);
        thrift.Int32(3, repetition);
        thrift.Text(4, "x");
        if (children is not null) thrift.Int32(5, children.Value);
        if (converted is not null) thrift.Int32(6, converted.Value);
        thrift.End();
    }
}
