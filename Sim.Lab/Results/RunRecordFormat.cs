using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Sim.Lab.Results;

/// <summary>
/// A run record as bytes. Every number keeps its bits, NaNs included.
/// <code>
///   +--------+---------+-------------------+----------------+----------------------+
///   | SIMRUN | version | metrics signature | SHA-256 of body| body, gzip           |
///   | 6      | 2       | 8                 | 32             | to the end           |
///   +--------+---------+-------------------+----------------+----------------------+
/// </code>
/// The signature is a hash of the metrics' names in order: a record written before a metric was added does not hold it and must not be
/// taken for one that does.
/// </summary>
internal static class RunRecordFormat
{
    /// <summary>Raised whenever the body's layout changes.</summary>
    private const ushort Version = 4;

    private const int SignatureBytes = 8;

    private static readonly byte[] _signature = SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', MetricCatalogue.All.Select(metric => metric.Name))))[..SignatureBytes];

    private static ReadOnlySpan<byte> Magic => "SIMRUN"u8;

    private static int HeaderBytes => Magic.Length + sizeof(ushort) + SignatureBytes + SHA256.HashSizeInBytes;

    /// <summary>The record as a file's content.</summary>
    public static byte[] Encode(RunRecord record)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var body = new BinaryWriter(gzip, Encoding.UTF8))
        {
            RunRecordBody.Write(body, record);
        }

        byte[] content = packed.ToArray();
        return [.. Magic, (byte)Version, (byte)(Version >> 8), .. _signature, .. SHA256.HashData(content), .. content];
    }

    /// <summary>The record of a file's content.</summary>
    /// <exception cref="InvalidDataException">It is something else, damaged, or of another version; the message says which.</exception>
    public static RunRecord Decode(byte[] file)
    {
        if (file.Length < HeaderBytes || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw new InvalidDataException("not a finished run");
        var rest = file.AsSpan(Magic.Length);
        int version = rest[0] | (rest[1] << 8);
        if (version != Version) throw new InvalidDataException($"written in format {version}, read is {Version}");
        rest = rest[sizeof(ushort)..];
        if (!rest[..SignatureBytes].SequenceEqual(_signature)) throw new InvalidDataException("written with other metrics than today's");
        rest = rest[SignatureBytes..];
        if (!SHA256.HashData(rest[SHA256.HashSizeInBytes..]).AsSpan().SequenceEqual(rest[..SHA256.HashSizeInBytes]))
            throw new InvalidDataException("damaged: its checksum does not hold");

        using var gzip = new GZipStream(new MemoryStream(file, HeaderBytes, file.Length - HeaderBytes), CompressionMode.Decompress);
        using var body = new BinaryReader(gzip, Encoding.UTF8);
        try
        {
            return RunRecordBody.Read(body);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("damaged: it ends too early", e);
        }
    }
}
