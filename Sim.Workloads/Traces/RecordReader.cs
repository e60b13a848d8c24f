using System;

namespace Sim.Workloads.Traces;

/// <summary>A trace of records of one length.</summary>
internal abstract class RecordReader : TraceReader
{
    private const int Records = 8192;
    private readonly TraceContent _content;
    private readonly int _length;
    private readonly int _mostIds;
    private readonly byte[] _buffer;
    private int _used, _end;
    private long _usedBefore;

    /// <summary>A reader of records of <paramref name="length"/> bytes that each hold at most <paramref name="mostIds"/> references.</summary>
    protected RecordReader(TraceContent content, TraceFormat format, int length, int mostIds) : base(content, format)
    {
        _content = content;
        _length = length;
        _mostIds = mostIds;
        _buffer = new byte[Records * length];
    }

    /// <summary>Decodes whole records.</summary>
    /// <param name="records">One record or several.</param>
    /// <param name="offset">Bytes before them in the content.</param>
    /// <param name="ids">Room for the most ids that they may hold.</param>
    /// <returns>How many ids there were.</returns>
    protected abstract int Decode(ReadOnlySpan<byte> records, long offset, Span<ulong> ids);

    private protected sealed override int ReadIds(Span<ulong> ids)
    {
        int count = 0;
        while (ids.Length - count >= _mostIds)
        {
            if (_end - _used < _length && !Fill()) break;
            int records = Math.Min((_end - _used) / _length, (ids.Length - count) / _mostIds);
            count += Decode(_buffer.AsSpan(_used, records * _length), _usedBefore + _used, ids[count..]);
            _used += records * _length;
        }
        return count;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_used, _end - _used).CopyTo(_buffer);
        _usedBefore += _used;
        _end -= _used;
        _used = 0;
        while (_end < _buffer.Length && _content.Read(_buffer.AsSpan(_end)) is > 0 and int read) _end += read;
        if (_end >= _length) return true;
        if (_content.Problem is { } problem) throw TraceFormatException.AtByte(Name, _usedBefore + _end, problem);
        if (_end == 0) return false;
        throw TraceFormatException.AtByte(Name, _usedBefore,
            $"the file ends {_end} bytes into a record of {_length}; it was cut short, or is of another format than {TraceFormats.NameOf(Format)}");
    }
}
