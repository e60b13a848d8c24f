using System;

namespace Sim.Workloads.Traces;

/// <summary>A text in blocks of whole lines.</summary>
internal sealed class LineBlocks(TraceContent content)
{
    private const int Capacity = 256 * 1024; // within the second-level cache, and far beyond any honest line
    private readonly byte[] _buffer = new byte[Capacity + 1];
    private int _used, _end;
    private bool _isBegun, _atEnd;
    private string? _problem;

    /// <summary>The next block, every line of which ends with a line feed; empty at the end of the file. Valid until the next call.</summary>
    /// <param name="lines">Lines in the blocks before.</param>
    public ReadOnlyMemory<byte> Next(long lines)
    {
        if (_problem is null && !_atEnd) Fill();
        int last = _buffer.AsSpan(_used, _end - _used).LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            ReadOnlyMemory<byte> block = _buffer.AsMemory(_used, last + 1);
            _used += last + 1;
            return block;
        }
        if (_problem is not null) throw new TraceFormatException(content.Name, lines, $"{_problem} after line {lines}");
        if (!_atEnd) throw new TraceFormatException(content.Name, lines + 1, $"the line is longer than {Capacity} bytes; a line holds one reference");
        return default;
    }

    private void Fill()
    {
        _buffer.AsSpan(_used, _end - _used).CopyTo(_buffer);
        _end -= _used;
        _used = 0;
        while (_end < Capacity)
        {
            int read = content.Read(_buffer.AsSpan(_end, Capacity - _end));
            _end += read;
            if (read > 0) continue;
            _problem = content.Problem;
            _atEnd = true;
            if (_problem is null && _end > 0 && _buffer[_end - 1] != '\n') _buffer[_end++] = (byte)'\n';
            break;
        }
        if (!_isBegun && _buffer.AsSpan(0, _end).StartsWith<byte>([0xEF, 0xBB, 0xBF])) _used = 3; // a byte-order mark
        _isBegun = true;
    }
}
