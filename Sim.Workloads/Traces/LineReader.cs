using System;

namespace Sim.Workloads.Traces;

/// <summary>A trace of lines.</summary>
internal abstract class LineReader(TraceContent content, TraceFormat format) : TraceReader(content, format)
{
    private readonly LineBlocks _blocks = new(content);
    private ReadOnlyMemory<byte> _block;
    private int _used;

    /// <summary>Lines read so far.</summary>
    private protected long Lines { get; set; }

    /// <summary>Reads lines until the block ends or the room for ids does.</summary>
    /// <param name="block">Whole lines with their line feeds.</param>
    /// <param name="ids">Room for one id at least.</param>
    /// <param name="used">Bytes of the block that were read, by this call and those before.</param>
    /// <returns>How many ids there were.</returns>
    private protected abstract int ReadLines(ReadOnlySpan<byte> block, Span<ulong> ids, ref int used);

    private protected sealed override int ReadIds(Span<ulong> ids)
    {
        int count = 0;
        while (count < ids.Length)
        {
            if (_used == _block.Length)
            {
                _used = 0;
                _block = _blocks.Next(Lines);
                if (_block.IsEmpty) break;
            }
            count += ReadLines(_block.Span, ids[count..], ref _used);
        }
        return count;
    }
}
