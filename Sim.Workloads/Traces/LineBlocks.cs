using System;
using System.IO;

namespace Sim.Workloads.Traces;

/// <summary>A text file, plain or gzip by its first bytes, in blocks of whole lines.</summary>
internal sealed class LineBlocks
{
    private const int Capacity = 256 * 1024; // within the second-level cache, and far beyond any honest line
    private readonly byte[] _buffer = new byte[Capacity + 1];
    private readonly string _name;
    private readonly Stream _file;
    private readonly GzipText? _gzip;
    private int _used, _end;
    private bool _atEnd;
    private string? _problem;

    public LineBlocks(Stream file, string name)
    {
        _name = name;
        _file = file;
        Span<byte> magic = stackalloc byte[6];
        int length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        magic = magic[..length];
        if (magic.StartsWith<byte>([0x1F, 0x8B]))
        {
            _gzip = new GzipText(new Prefixed(magic.ToArray(), file));
            return;
        }
        RefuseOtherCompression(magic);
        if (magic.StartsWith<byte>([0xEF, 0xBB, 0xBF])) magic = magic[3..];
        magic.CopyTo(_buffer);
        _end = magic.Length;
    }

    /// <summary>The next block, every line of which ends with a line feed; empty at the end of the file.</summary>
    /// <param name="lines">Lines in the blocks before.</param>
    public ReadOnlySpan<byte> Next(long lines)
    {
        if (_problem is null && !_atEnd) Fill();
        int last = _buffer.AsSpan(_used, _end - _used).LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            ReadOnlySpan<byte> block = _buffer.AsSpan(_used, last + 1);
            _used += last + 1;
            return block;
        }
        if (_problem is not null) throw new TraceFormatException(_name, lines, $"the gzip data {_problem} after line {lines}");
        if (!_atEnd) throw new TraceFormatException(_name, lines + 1, $"the line is longer than {Capacity} bytes; a line holds one decimal page id");
        return default;
    }

    private void Fill()
    {
        _buffer.AsSpan(_used, _end - _used).CopyTo(_buffer);
        _end -= _used;
        _used = 0;
        while (_end < Capacity)
        {
            Span<byte> free = _buffer.AsSpan(_end, Capacity - _end);
            int read = _gzip?.Read(free) ?? _file.Read(free);
            _end += read;
            if (read > 0) continue;
            _problem = _gzip?.Problem;
            _atEnd = true;
            if (_problem is null && _end > 0 && _buffer[_end - 1] != '\n') _buffer[_end++] = (byte)'\n';
            return;
        }
    }

    private void RefuseOtherCompression(ReadOnlySpan<byte> magic)
    {
        string? format =
            magic.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]) ? "zstd" :
            magic.StartsWith<byte>([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? "xz" :
            magic.StartsWith("BZh"u8) ? "bzip2" :
            magic.StartsWith<byte>([(byte)'P', (byte)'K', 3, 4]) ? "zip" : null;
        if (format is not null) throw new TraceFormatException(_name, 0, $"the file is compressed with {format}; only gzip and plain text are read");
    }
}
