using System;

namespace Sim.Workloads.Traces;

/// <summary>
/// A page-reference string that is read once, from its beginning to its end. What is kept of it does not grow with its length.
/// Opened by <see cref="TraceFile"/>.
/// </summary>
public abstract class TraceReader : IDisposable
{
    /// <summary>A block that is read into has room for at least these ids.</summary>
    public const int LeastBlock = 64;

    private readonly TraceContent _content;

    private protected TraceReader(TraceContent content, TraceFormat format)
    {
        _content = content;
        Format = format;
    }

    /// <summary>The file as the user named it.</summary>
    public string Name => _content.Name;

    /// <summary>The format that is read.</summary>
    public TraceFormat Format { get; }

    /// <summary>Whether the file is packed with gzip.</summary>
    public bool IsPacked => _content.IsPacked;

    /// <summary>Bytes of the file, packed as it is; null where its length is not known.</summary>
    public long? Bytes => _content.Length;

    /// <summary>References read so far.</summary>
    public long References { get; private set; }

    /// <summary>How much of the file was read, from 0 to 1; null where its length is not known.</summary>
    public double? Share => _content.Share;

    /// <summary>Whether the file can be opened a second time and read from its beginning, as a pipe cannot.</summary>
    public bool CanReopen => _content.CanSeek;

    /// <summary>What a trace of this format holds, for a message.</summary>
    private protected abstract string Expected { get; }

    /// <summary>Fills a block with the ids of the next references. Throws a <see cref="TraceFormatException"/> where the file is not a whole trace.</summary>
    /// <returns>How many there were; 0 at the end.</returns>
    public int Read(Span<ulong> ids)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ids.Length, LeastBlock);
        int count = ReadIds(ids);
        if (count == 0 && References == 0) throw new TraceFormatException(Name, 0, $"the trace holds no reference; {Expected}");
        References += count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract int ReadIds(Span<ulong> ids);
}
