using System;
using System.Buffers.Binary;
using System.IO;
using Sim.Parquet.Bytes;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>Finds the footer from the end of the file (see <see cref="FileFrame"/>) and reads it.</summary>
internal static class FileFooterReader
{
    private const int SmallestFile = FileFrame.MagicBytes + FileFrame.TailBytes;

    public static FileFooter Read(Stream stream, long length)
    {
        if (length < SmallestFile) throw new ParquetFormatException($"a file of {length} bytes is too short to be Parquet: it ends", length);
        if (!ReadBytes(stream, 0, FileFrame.MagicBytes).AsSpan().SequenceEqual(FileFrame.Magic))
            throw new ParquetFormatException("not a Parquet file: no 'PAR1'", 0);
        long tailOffset = length - FileFrame.TailBytes;
        ReadOnlySpan<byte> tail = ReadBytes(stream, tailOffset, FileFrame.TailBytes);
        long magicOffset = length - FileFrame.MagicBytes;
        if (tail[4..].SequenceEqual(FileFrame.EncryptedMagic))
            throw new ParquetFormatException("encrypted footers are not supported: 'PARE'", magicOffset);
        if (!tail[4..].SequenceEqual(FileFrame.Magic))
            throw new ParquetFormatException("truncated file: no 'PAR1' at its end,", magicOffset);
        uint footerBytes = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (footerBytes > length - SmallestFile)
            throw new ParquetFormatException($"a footer of {footerBytes} bytes in a file of {length}, announced", tailOffset);
        long footerOffset = tailOffset - footerBytes;
        if (footerBytes > Array.MaxLength) throw new ParquetFormatException($"a footer of {footerBytes} bytes", footerOffset);
        ByteReader footer = new(ReadBytes(stream, footerOffset, (int)footerBytes), "footer", footerOffset);
        return new FooterReader(new CompactReader(footer), footerOffset).Read();
    }

    /// <summary>The bytes at that place; throws if the stream ends before.</summary>
    public static byte[] ReadBytes(Stream stream, long offset, int count)
    {
        byte[] bytes = new byte[count];
        stream.Position = offset;
        int read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return read == count ? bytes : throw new ParquetFormatException($"the stream ends within {count} bytes wanted", offset + read);
    }
}
