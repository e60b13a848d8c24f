using Sim.Core.Hardware;

namespace Sim.Core.AddressSpaces;

/// <summary>One mapping: pages [Start, End) with the same protection and backing. A node of the list by address.</summary>
public sealed class Vma(ulong start, ulong end, Protection protection, PageSize pageSize)
{
    /// <summary>The first page.</summary>
    public ulong Start { get; internal set; } = start;

    /// <summary>The page after the last.</summary>
    public ulong End { get; internal set; } = end;

    /// <summary>What it may be used for.</summary>
    public Protection Protection { get; } = protection;

    /// <summary>The size of the pages that back it. A mapping of huge pages is never reclaimed, as with hugetlbfs.</summary>
    public PageSize PageSize { get; } = pageSize;

    /// <summary>Whether it has an anon_vma: from its first anonymous page on.</summary>
    public bool HasAnonVma { get; internal set; }

    /// <summary>The mapping before it in address order.</summary>
    public Vma? Previous { get; internal set; }

    /// <summary>The mapping after it in address order.</summary>
    public Vma? Next { get; internal set; }

    /// <summary>What the index keeps for this mapping. Nobody else touches it.</summary>
    public object? IndexNode { get; set; }

    /// <summary>Pages in the mapping.</summary>
    public ulong Pages => End - Start;

    /// <summary>Whether another mapping, put directly before or after this one, could be part of it.</summary>
    public bool IsLike(Vma other) => Protection == other.Protection && PageSize == other.PageSize;
}
