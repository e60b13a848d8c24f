using System;

namespace Sim.Workloads.Traces;

/// <summary>A page trace in memory, read again from its beginning.</summary>
public sealed class PageTraceRest(PageTrace trace) : INumberedReferences
{
    /// <inheritdoc/>
    public string Name => trace.Name;

    /// <inheritdoc/>
    public int Pages => trace.DistinctPages;

    /// <summary>References read so far.</summary>
    public int Position { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<uint> pages)
    {
        int count = Math.Min(pages.Length, trace.Length - Position);
        trace.References.Slice(Position, count).CopyTo(pages);
        Position += count;
        return count;
    }
}
