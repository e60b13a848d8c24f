using System;

namespace Sim.Workloads.Traces;

/// <summary>
/// A page-reference string in memory: 4 bytes a reference, and 8 a page for the ids that the pages had in the file. Pages are
/// numbered from 0 in the order of their first reference, so that whatever is indexed by page is dense.
/// </summary>
public sealed class PageTrace
{
    private readonly ReadOnlyMemory<uint> _references;
    private readonly ReadOnlyMemory<ulong> _ids;

    /// <summary>A trace of references to the pages that have these ids.</summary>
    public PageTrace(string name, ReadOnlyMemory<uint> references, ReadOnlyMemory<ulong> ids)
    {
        Name = name;
        _references = references;
        _ids = ids;
    }

    /// <summary>Where the trace was read from.</summary>
    public string Name { get; }

    /// <summary>References in the trace, at least 1.</summary>
    public int Length => _references.Length;

    /// <summary>Different pages: every reference is below this.</summary>
    public int DistinctPages => _ids.Length;

    /// <summary>The references in their order.</summary>
    public ReadOnlySpan<uint> References => _references.Span;

    /// <summary>The id of each page in the file.</summary>
    public ReadOnlySpan<ulong> Ids => _ids.Span;
}
