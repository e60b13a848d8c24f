using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Sim.Workloads.Traces;

namespace Sim.Workloads.Programs;

/// <summary>
/// Reads a recording of one process, SIMPROG1, gzip or not: a header of 16 bytes, then little-endian words of 8 bytes.
/// <code>
///   0..7  "SIMPROG1"   8..9  version 1   10..11  filter depth, 0 for none   12..15  pid
///   access   page &lt;&lt; 12 | references &lt;&lt; 4 | kernel &lt;&lt; 2 | fetch &lt;&lt; 1 | store
///   other    bytes &lt;&lt; 12 | type &lt;&lt; 4 | 8, then so many bytes, padded with zeros to words
/// </code>
/// </summary>
public sealed class ProgramRecording : IDisposable
{
    private const int Words = 8192;
    private const int HeaderWords = 2;
    private const ushort Version = 1;
    private static readonly int[] _fields = [6, 8, 6, 3, 4, 1];

    private readonly TraceContent _content;
    private readonly ulong[] _buffer = new ulong[Words];
    private int _next, _end, _payload, _payloadBytes;
    private long _wordsBefore;

    /// <summary>Opens a file. Throws a <see cref="TraceFormatException"/> where it is no such recording.</summary>
    public ProgramRecording(string path) : this(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan), path)
    {
    }

    /// <summary>Opens a stream, which is disposed of with this; the name stands in error messages.</summary>
    public ProgramRecording(Stream file, string name)
    {
        _content = new TraceContent(file, name);
        try
        {
            if (!_content.Head.StartsWith("SIMPROG1"u8))
                throw TraceFormatException.AtByte(name, 0, "the file does not begin with SIMPROG1; a recording of a program does, such as ls.p0.gz");
            if (!Fill(HeaderWords)) throw Broken();
            ulong header = _buffer[1];
            if ((ushort)header != Version)
                throw TraceFormatException.AtByte(name, 8, string.Create(CultureInfo.InvariantCulture, $"the version is {(ushort)header}; version {Version} is read"));
            (Filter, Pid) = ((ushort)(header >> 16), (uint)(header >> 32));
            _next = HeaderWords;
        }
        catch
        {
            _content.Dispose();
            throw;
        }
    }

    /// <summary>The file as the user named it.</summary>
    public string Name => _content.Name;

    /// <summary>The process.</summary>
    public uint Pid { get; }

    /// <summary>Accesses to so many most recently used pages are left out; 0: the recording is complete.</summary>
    public int Filter { get; }

    /// <summary>What the record is.</summary>
    public ProgramRecordKind Kind { get; private set; }

    /// <summary>Bytes before the record, in the uncompressed content.</summary>
    public long Offset { get; private set; }

    /// <summary>Of an access: the page.</summary>
    public ulong Page => Word >> 12;

    /// <summary>Of an access: references that it stands for.</summary>
    public uint References => (uint)(Word >> 4) & 255;

    /// <summary>Of an access: whether it is a store.</summary>
    public bool IsStore => (Word & 1) != 0;

    /// <summary>Of an access: whether it fetches instructions.</summary>
    public bool IsFetch => (Word & 2) != 0;

    /// <summary>Of an access: whether the kernel made it, during a call or as it loaded the program.</summary>
    public bool IsKernel => (Word & 4) != 0;

    /// <summary>Of any other record: its numbers, as <see cref="ProgramRecordKind"/> lists them. Valid until the next record is read.</summary>
    public ReadOnlySpan<ulong> Fields => _buffer.AsSpan(_payload, _fields[(int)Kind - 1]);

    /// <summary>Of an initial mapping or a path: the path.</summary>
    public string Path
    {
        get
        {
            int fields = Fields.Length * sizeof(ulong);
            ReadOnlySpan<byte> text = MemoryMarshal.AsBytes(_buffer.AsSpan(_payload))[fields.._payloadBytes];
            int end = text.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
        }
    }

    private ulong Word { get; set; }

    /// <summary>Reads the next record; false at the end. Records of unknown types are skipped.</summary>
    public bool TryRead()
    {
        while (true)
        {
            if (_next == _end && !Fill(1)) return false;
            ulong word = _buffer[_next++];
            if ((word & 8) != 0)
            {
                if (!TryReadExtended(word)) continue;
                return true;
            }
            Word = word;
            Kind = ProgramRecordKind.Access;
            return true;
        }
    }

    /// <summary>What is wrong with the record, said with its place.</summary>
    public TraceFormatException Error(string problem) =>
        TraceFormatException.AtByte(Name, Kind == ProgramRecordKind.Access ? (_wordsBefore + _next - 1) * sizeof(ulong) : Offset, problem);

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    private bool TryReadExtended(ulong word)
    {
        Offset = (_wordsBefore + _next - 1) * sizeof(ulong);
        if ((word & 15) != 8) throw TraceFormatException.AtByte(Name, Offset, $"the word {word:x} is of no kind that there is; the file is damaged");
        ulong bytes = word >> 12, type = (word >> 4) & 255;
        ulong words = (bytes + sizeof(ulong) - 1) / sizeof(ulong);
        if (type >= (ulong)_fields.Length)
        {
            for (; words > 0; words--)
            {
                if (_next == _end && !Fill(1)) throw Broken();
                _next++;
            }
            return false;
        }
        if (words > Words || bytes < (ulong)_fields[type] * sizeof(ulong))
            throw TraceFormatException.AtByte(Name, Offset, $"a record of type {type} holds {bytes} bytes; it has at least {_fields[type] * sizeof(ulong)} and at most {Words * sizeof(ulong)}");
        if (_end - _next < (int)words && !Fill((int)words)) throw Broken();
        (Kind, _payload, _payloadBytes) = ((ProgramRecordKind)((int)type + 1), _next, (int)bytes);
        _next += (int)words;
        return true;
    }

    /// <summary>Reads on until so many words lie in the buffer. False where the file ends before the first of them.</summary>
    private bool Fill(int wanted)
    {
        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
        _wordsBefore += _next;
        _end -= _next;
        _next = 0;
        Span<byte> bytes = MemoryMarshal.AsBytes(_buffer.AsSpan());
        int length = _end * sizeof(ulong);
        while (length < bytes.Length && _content.Read(bytes[length..]) is > 0 and int read) length += read;
        _end = length / sizeof(ulong);
        if (_end >= wanted) return true;
        if (_content.Problem is { } problem) throw TraceFormatException.AtByte(Name, _wordsBefore * sizeof(ulong) + length, problem);
        if (length % sizeof(ulong) != 0 || _end > 0) throw Broken();
        return false;
    }

    private TraceFormatException Broken() =>
        TraceFormatException.AtByte(Name, (_wordsBefore + _end) * sizeof(ulong), "the file ends before a record does; it was cut short");
}
