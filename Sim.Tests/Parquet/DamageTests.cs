using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Parquet;
using Xunit;

namespace Sim.Tests.Parquet;

/// <summary>Whatever happens to a file, the reader gives rows or says what is wrong, in one line, with the byte.</summary>
public sealed class DamageTests
{
    private static readonly byte[] _plain = SmallFile(ParquetCompression.None);
    private static readonly byte[] _gzip = SmallFile(ParquetCompression.Gzip);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFileCutAnywhereIsRefused(bool gzip)
    {
        byte[] file = gzip ? _gzip : _plain;
        for (int length = 0; length < file.Length; length++) IsRead(file[..length]).ShouldBeFalse($"cut to {length}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnyBitMayFlip(bool gzip)
    {
        byte[] file = (byte[])(gzip ? _gzip : _plain).Clone();
        for (int at = 0; at < file.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                file[at] ^= (byte)(1 << bit);
                IsRead(file);
                file[at] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void AnyByteMayBecomeAnExtremeOne()
    {
        byte[] file = (byte[])_plain.Clone();
        for (int at = 0; at < file.Length; at++)
        {
            byte kept = file[at];
            foreach (byte extreme in new byte[] { 0x00, 0x7F, 0x80, 0xFF })
            {
                file[at] = extreme;
                IsRead(file);
            }

            file[at] = kept;
        }
    }

    [Fact]
    public void SeveralBytesMayChangeAtOnce() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Zip(Gen.Choose(0, _plain.Length - 1), Gen.Choose(0, 255))).ToArbitrary(), changes =>
        {
            byte[] file = (byte[])_plain.Clone();
            foreach ((int at, int value) in changes) file[at] = (byte)value;
            IsRead(file);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void ByteStretchesMayBeLostOrDoubled() =>
        Prop.ForAll(Gen.Choose(0, _plain.Length).Two().ToArbitrary(), cut =>
        {
            IsRead([.. _plain[..cut.Item1], .. _plain[cut.Item2..]]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void AFooterMayBeAnyBytes() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(), footer =>
        {
            IsRead([.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static bool IsRead(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Table.Read(file);
            return true;
        }
        catch (ParquetFormatException e)
        {
            e.Message.ShouldNotContain("\n");
            e.Message.ShouldEndWith($"at byte {e.Offset}");
            e.Offset.ShouldBeInRange(0, file.Length);
            return false;
        }
        finally
        {
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 22);
        }
    }

    private static byte[] SmallFile(ParquetCompression compression)
    {
        ParquetColumn[] columns =
        [
            new("flag", ParquetType.Boolean, true),
            new("word", ParquetType.String, true) { Metadata = new() { ["unit"] = "ns" } },
            new("number", ParquetType.Int64) { Encoding = ParquetEncoding.Dictionary },
            new("ratio", ParquetType.Double),
        ];
        object?[][] values =
        [
            Enumerable.Range(0, 20).Select(i => i % 3 == 0 ? null : (object?)(i % 2 == 0)).ToArray(),
            Enumerable.Range(0, 20).Select(i => i % 5 == 0 ? null : (object?)$"w{i % 4}").ToArray(),
            Enumerable.Range(0, 20).Select(i => (object?)(long)(i / 9)).ToArray(),
            Enumerable.Range(0, 20).Select(i => (object?)(i / 4.0)).ToArray(),
        ];
        return new Table(columns, values).Write(new ParquetWriterOptions { RowGroupRows = 16, Compression = compression });
    }
}
