using System;

namespace Sim.Workloads.Traces;

/// <summary>
/// A trace whose ids become dense page numbers while it is read, in the order of their first appearance. Memory grows with the pages, not with the
/// references.
/// </summary>
public sealed class NumberedTrace(TraceReader trace) : INumberedReferences, IDisposable
{
    // What the renumbering prefetches at a time.
    private const int Batch = 64;
    private readonly ulong[] _ids = new ulong[4096];
    private readonly PageRenumbering _pages = new();

    /// <inheritdoc/>
    public string Name => trace.Name;

    /// <inheritdoc/>
    public int Pages => _pages.Count;

    /// <summary>The ids by page number.</summary>
    public ReadOnlyMemory<ulong> Ids => _pages.Ids;

    /// <summary>How much of the file was read, from 0 to 1; null where its length is not known.</summary>
    public double? Share => trace.Share;

    /// <inheritdoc/>
    public int Read(Span<uint> pages)
    {
        int count = 0;
        while (pages.Length - count >= TraceReader.LeastBlock)
        {
            int read = trace.Read(_ids.AsSpan(0, Math.Min(_ids.Length, pages.Length - count)));
            if (read == 0) break;
            if (_pages.Count > PageRenumbering.MostPages - read)
            {
                throw new TraceFormatException(Name, 0,
                    $"the trace has more than {PageRenumbering.MostPages} pages, which is the most that are numbered; replay it with --sparse");
            }
            for (int at = 0; at < read; at += Batch)
            {
                int batch = Math.Min(Batch, read - at);
                _pages.Number(_ids.AsSpan(at, batch), pages[(count + at)..]);
            }
            count += read;
        }
        return count;
    }

    /// <summary>Reads to the end, and returns the number of pages.</summary>
    public int CountPages()
    {
        var block = new uint[_ids.Length];
        while (Read(block) > 0)
        {
        }
        return Pages;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => trace.Dispose();
}
