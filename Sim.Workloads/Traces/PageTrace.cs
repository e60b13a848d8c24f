using System;

namespace Sim.Workloads.Traces;

/// <summary>
/// A page-reference string in memory: 4 bytes a reference, and 8 a page for the ids that the pages had in the file. Pages are
/// numbered from 0 in the order of their first reference, so that whatever is indexed by page is dense.
/// </summary>
public sealed class PageTrace
{
    private const int Block = 1 << 16;
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

    /// <summary>Reads all of a file. Throws a <see cref="TraceFormatException"/> where it is not a whole trace.</summary>
    public static PageTrace Read(string path, TraceOptions? options = null)
    {
        using var trace = new NumberedTrace(TraceFile.Open(path, options));
        return Read(trace);
    }

    /// <summary>Reads what is left of a trace. Throws a <see cref="TraceFormatException"/> where it is not a whole one.</summary>
    public static PageTrace Read(NumberedTrace trace)
    {
        var references = new uint[1024];
        int count = 0;
        while (true)
        {
            references = WithRoomFor(references, count, trace.Name);
            int read = trace.Read(references.AsSpan(count));
            if (read == 0) return new PageTrace(trace.Name, references.AsMemory(0, count), trace.Ids);
            count += read;
        }
    }

    private static uint[] WithRoomFor(uint[] references, int used, string name)
    {
        if (references.Length - used >= TraceReader.LeastBlock) return references;
        if (used >= Array.MaxLength - TraceReader.LeastBlock)
            throw new TraceFormatException(name, 0, $"the trace has more than {used} references, which is the most that are kept in memory");
        // Uninitialised, the part that is never filled costs the host no memory.
        uint[] larger = GC.AllocateUninitializedArray<uint>((int)Math.Min(Math.Max(Block, 2L * references.Length), Array.MaxLength));
        references.AsSpan(0, used).CopyTo(larger);
        return larger;
    }
}
