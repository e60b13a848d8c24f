using System;
using System.IO;
using System.IO.Compression;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Reading;

/// <summary>Decompresses pages; memory grows with what really comes out, never by what a header promises.</summary>
internal static class Gunzip
{
    /// <summary>Deflate cannot do better than 258 bytes in 2 bits.</summary>
    private const int BestRatio = 1032;

    public static ByteReader Page(ByteReader stored, int rawBytes, string column)
    {
        long offset = stored.Offset;
        if (rawBytes > (long)BestRatio * stored.Remaining)
            throw stored.Error($"{rawBytes} bytes cannot come out of {stored.Remaining}");
        byte[] raw = new byte[Math.Min(rawBytes, 4L * stored.Remaining)];
        int filled = 0;
        try
        {
            using MemoryStream source = new(stored.Take(stored.Remaining).ToArray());
            using GZipStream gzip = new(source, CompressionMode.Decompress);
            while (filled < rawBytes)
            {
                if (filled == raw.Length) Array.Resize(ref raw, (int)Math.Min(rawBytes, Math.Max(2L * raw.Length, 64)));
                int count = gzip.Read(raw, filled, raw.Length - filled);
                if (count == 0) break;
                filled += count;
            }

            // Reading to the end makes the decompressor check the length and the checksum behind the data.
            if (gzip.ReadByte() >= 0) throw new InvalidDataException("more bytes than the page header announces");
        }
        catch (InvalidDataException e)
        {
            throw new ParquetFormatException($"page of {column}: damaged gzip data ({e.Message})", offset, e);
        }

        if (filled != rawBytes)
            throw new ParquetFormatException($"page of {column}: {filled} bytes decompressed, {rawBytes} announced", offset);
        return new ByteReader(raw, $"page of {column}", offset, isVerbatim: false);
    }
}
