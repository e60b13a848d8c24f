using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sim.Workloads.Traces;

/// <summary>
/// Writes a page-reference string as text or as plain ids. What it hands to the stream at a time depends on the ids alone, so that one that packs makes
/// the same bytes each time.
/// </summary>
public sealed class TraceWriter
{
    private const int BufferBytes = 64 * 1024;
    private const int LongestId = 21; // 2^64 - 1 in decimal, and a line end
    private readonly Stream _file;
    private readonly TraceFormat _format;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;

    /// <summary>A writer to a stream, which stays open.</summary>
    /// <param name="file">Where the trace goes.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    public TraceWriter(Stream file, TraceFormat format)
    {
        if (!Formats.Contains(format)) throw new ArgumentOutOfRangeException(nameof(format), format, "A trace of this format is read, but not written.");
        (_file, _format) = (file, format);
    }

    /// <summary>What can be written: the formats that hold page ids and nothing else.</summary>
    public static IReadOnlyList<TraceFormat> Formats { get; } = [TraceFormat.Text, TraceFormat.U32, TraceFormat.U64];

    /// <summary>Appends references.</summary>
    /// <param name="ids">The ids of their pages, which <see cref="TraceFormat.U32"/> holds up to 2^32 - 1.</param>
    /// <exception cref="OverflowException">An id is larger.</exception>
    public void Write(ReadOnlySpan<ulong> ids)
    {
        foreach (ulong id in ids)
        {
            if (_used > BufferBytes - LongestId) Flush();
            _used += Encode(id, _buffer.AsSpan(_used));
        }
    }

    /// <summary>Hands on what is left.</summary>
    public void Flush()
    {
        _file.Write(_buffer, 0, _used);
        _used = 0;
    }

    private int Encode(ulong id, Span<byte> bytes)
    {
        switch (_format)
        {
            case TraceFormat.U32:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, checked((uint)id));
                return sizeof(uint);
            case TraceFormat.U64:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, id);
                return sizeof(ulong);
            default:
                id.TryFormat(bytes, out int digits, provider: CultureInfo.InvariantCulture);
                bytes[digits] = (byte)'\n';
                return digits + 1;
        }
    }
}
