using System;

namespace Sim.Workloads.Traces;

/// <summary>References as dense page numbers, read once from the first to the last.</summary>
public interface INumberedReferences
{
    /// <summary>Where they come from.</summary>
    string Name { get; }

    /// <summary>Different pages so far: every number read is below this.</summary>
    int Pages { get; }

    /// <summary>Fills a block of at least <see cref="TraceReader.LeastBlock"/>; returns how many references there were, 0 at the end.</summary>
    int Read(Span<uint> pages);
}
