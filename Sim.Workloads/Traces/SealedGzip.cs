using System;
using System.IO;
using System.IO.Compression;
using System.Threading;

namespace Sim.Workloads.Traces;

/// <summary>
/// A gzip file with one more member after its end, which holds <see cref="Seal"/>. The platform's decompressor takes a file
/// that breaks off for one that ends; behind a whole file the seal comes out as it went in, and behind a broken one it does not.
/// </summary>
internal sealed class SealedGzip : ForwardStream
{
    private static readonly byte[] Member = Compress(Seal);
    private readonly Stream _file;
    private int _sealed;
    private long _taken;

    public SealedGzip(Stream file) => _file = file;

    /// <summary>What follows the file's text. It holds bytes that no trace does, and no line end.</summary>
    public static ReadOnlySpan<byte> Seal => "\0end of trace\0"u8;

    /// <summary>Whether all of the file was read, and the seal begun. No read returns bytes of both.</summary>
    public bool IsBehindFile { get; private set; }

    /// <summary>Bytes of the file that were read. May be asked for by another thread.</summary>
    public long Taken => Volatile.Read(ref _taken);

    public override int Read(Span<byte> buffer)
    {
        if (!IsBehindFile)
        {
            int read = _file.Read(buffer);
            Volatile.Write(ref _taken, _taken + read);
            if (read > 0) return read;
            IsBehindFile = true;
        }
        int part = Math.Min(buffer.Length, Member.Length - _sealed);
        Member.AsSpan(_sealed, part).CopyTo(buffer);
        _sealed += part;
        return part;
    }

    private static byte[] Compress(ReadOnlySpan<byte> text)
    {
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.NoCompression)) gzip.Write(text);
        return member.ToArray();
    }
}
