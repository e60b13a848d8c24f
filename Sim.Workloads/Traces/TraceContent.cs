using System;
using System.IO;

namespace Sim.Workloads.Traces;

/// <summary>A trace's bytes, unpacked where the file is gzip, with a look ahead at their beginning. Behind that a thread unpacks.</summary>
internal sealed class TraceContent : IDisposable
{
    private const int HeadCapacity = 64 * 1024;

    private static readonly byte[] GzipMagic = [0x1F, 0x8B, 8];

    /// <summary>Beginnings of files that are packed in a way that is not read.</summary>
    private static readonly (byte[] Magic, string How)[] Packings =
    [
        ([0x28, 0xB5, 0x2F, 0xFD], "with zstd"), ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "with xz"), ([(byte)'B', (byte)'Z', (byte)'h'], "with bzip2"),
        ([(byte)'P', (byte)'K', 3, 4], "with zip"), ([0x04, 0x22, 0x4D, 0x18], "with lz4"), (GzipMagic, "with gzip twice"),
    ];

    /// <summary>Beginnings of files that are no traces, and what they are.</summary>
    private static readonly (byte[] Magic, string What)[] Strangers =
    [
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "an ELF program"), ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a picture"),
        ([(byte)'P', (byte)'A', (byte)'R', (byte)'1'], "a Parquet table"),
    ];

    private readonly Stream _file;
    private readonly long _length;
    private readonly GzipContent? _gzip;
    private readonly byte[] _head = new byte[HeadCapacity];
    private readonly int _headLength;
    private UnpackingThread? _unpacking;
    private int _read;

    /// <summary>The content of a file, which is disposed of with this.</summary>
    public TraceContent(Stream file, string name)
    {
        Name = name;
        _file = file;
        CanSeek = file.CanSeek;
        _length = CanSeek ? file.Length : 0;
        Span<byte> magic = stackalloc byte[3];
        magic = magic[..file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        // The third byte is the method, of which there is one; a file may break off before it.
        if (magic.Length >= 2 && magic.SequenceEqual(GzipMagic.AsSpan(0, magic.Length))) _gzip = new GzipContent(new Prefixed(magic.ToArray(), file));
        else
        {
            magic.CopyTo(_head);
            _headLength = magic.Length;
        }
        while (_headLength < HeadCapacity && ReadFile(_head.AsSpan(_headLength)) is > 0 and int more) _headLength += more;
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>What is wrong with the packing, once a read has returned 0; null if nothing is.</summary>
    public string? Problem => _gzip?.Problem is { } problem ? $"the gzip data {problem}" : null;

    /// <summary>The first bytes, as many as there are up to 64 KiB, whether or not they were read.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>Whether the file has a length and a beginning to go back to.</summary>
    public bool CanSeek { get; }

    /// <summary>Bytes of the file, packed as it is; null where its length is not known.</summary>
    public long? Length => CanSeek ? _length : null;

    /// <summary>Whether the file is packed with gzip.</summary>
    public bool IsPacked => _gzip is not null;

    /// <summary>How much of the file was read, from 0 to 1; null where its length is not known.</summary>
    public double? Share => CanSeek && _length > 0 ? (double)(_gzip?.Packed ?? _file.Position) / _length : null;

    /// <summary>The next bytes; 0 at the end.</summary>
    public int Read(Span<byte> buffer)
    {
        if (_read == _headLength) return ReadOn(buffer);
        int part = Math.Min(buffer.Length, _headLength - _read);
        _head.AsSpan(_read, part).CopyTo(buffer);
        _read += part;
        return part;
    }

    /// <summary>Throws where the content begins as another kind of file does.</summary>
    public void RefuseStrangers()
    {
        foreach (var (magic, how) in Packings)
        {
            if (!Head.StartsWith(magic)) continue;
            throw new TraceFormatException(Name, 0,
                $"the file is packed {how}; gzip alone is read, others may be piped in: xz -dc TRACE | sim replay /dev/stdin");
        }
        foreach (var (magic, what) in Strangers)
        {
            if (Head.StartsWith(magic)) throw new TraceFormatException(Name, 0, $"the file is {what}; name a page-reference string");
        }
    }

    public void Dispose()
    {
        if (_unpacking is null) _file.Dispose();
        else _unpacking.Dispose();
    }

    private int ReadOn(Span<byte> buffer)
    {
        if (_unpacking is null && _gzip is { IsAtEnd: false }) _unpacking = new UnpackingThread(_gzip, _file);
        return _unpacking?.Read(buffer) ?? ReadFile(buffer);
    }

    private int ReadFile(Span<byte> buffer) => _gzip?.Read(buffer) ?? _file.Read(buffer);
}
