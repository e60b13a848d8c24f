using System;
using System.IO;
using System.IO.Compression;

namespace Sim.Workloads.Traces;

/// <summary>The content of a gzip file of one or several members, which knows whether the file was whole.</summary>
internal sealed class GzipContent
{
    private readonly SealedGzip _file;
    private readonly GZipStream _gzip;

    public GzipContent(Stream file)
    {
        _file = new SealedGzip(file);
        _gzip = new GZipStream(_file, CompressionMode.Decompress);
    }

    /// <summary>Whether a read has returned 0.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Bytes of the file that were read. May be asked for by another thread.</summary>
    public long Packed => _file.Taken;

    /// <summary>What is wrong with the file, once a read has returned 0; null if nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>The next bytes of content; 0 at the end, whether it is the file's or a break.</summary>
    public int Read(Span<byte> buffer)
    {
        if (IsAtEnd) return 0;
        try
        {
            int read = _gzip.Read(buffer);
            if (read > 0 && !_file.IsBehindFile) return read;
            if (!_file.IsBehindFile) Problem = "is followed by data that is not gzip";
            else if (!IsSeal(buffer[..read])) Problem = "ends early";
        }
        catch (InvalidDataException)
        {
            Problem = _file.IsBehindFile ? "ends early" : "is damaged";
        }
        IsAtEnd = true;
        return 0;
    }

    private bool IsSeal(ReadOnlySpan<byte> begin)
    {
        Span<byte> rest = stackalloc byte[SealedGzip.Seal.Length + 1];
        if (begin.Length > rest.Length) return false;
        begin.CopyTo(rest);
        int length = begin.Length;
        while (length < rest.Length)
        {
            int read = _gzip.Read(rest[length..]);
            if (read == 0) break;
            length += read;
        }
        return rest[..length].SequenceEqual(SealedGzip.Seal);
    }
}
