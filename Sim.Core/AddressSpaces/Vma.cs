using System.Collections.Generic;
using Sim.Core.Hardware;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>One mapping: pages [Start, End) with the same attributes and backing. A node of the list by address.</summary>
/// <param name="start">The first page.</param>
/// <param name="end">The page after the last.</param>
/// <param name="flags">What it is and how it may be used.</param>
/// <param name="file">What it maps; null for private anonymous memory.</param>
/// <param name="pageOffset">The page of the file at its start. Anonymous memory has its address there, as when it was mapped.</param>
public sealed class Vma(ulong start, ulong end, VmaFlags flags, OpenFile? file, ulong pageOffset)
{
    /// <summary>The first page.</summary>
    public ulong Start { get; internal set; } = start;

    /// <summary>The page after the last.</summary>
    public ulong End { get; internal set; } = end;

    /// <summary>What it is and how it may be used.</summary>
    public VmaFlags Flags { get; internal set; } = flags;

    /// <summary>What it maps; null for private anonymous memory.</summary>
    public OpenFile? File { get; } = file;

    /// <summary>The page of the file, or of anonymous memory, at its start.</summary>
    public ulong PageOffset { get; internal set; } = pageOffset;

    /// <summary>Where its new anonymous pages go; null until there is one.</summary>
    public AnonVma? AnonVma { get; internal set; }

    /// <summary>Every anon_vma that may hold pages of it, the oldest first: its anon_vma_chain.</summary>
    public List<AnonVmaLink> AnonVmaLinks { get; } = new(0);

    /// <summary>The mapping before it in address order.</summary>
    public Vma? Previous { get; internal set; }

    /// <summary>The mapping after it in address order.</summary>
    public Vma? Next { get; internal set; }

    /// <summary>Where its vm_area_struct lies.</summary>
    internal KernelAddress Object { get; init; }

    /// <summary>What the index keeps for this mapping. Nobody else touches it.</summary>
    public object? IndexNode { get; set; }

    /// <summary>The page of it that was last wanted from swap, how many were read with one then, and how many of those were used: swap_readahead_info, a policy's.</summary>
    public (ulong Page, int Window, int Hits) SwapReadahead { get; set; } = (0, 0, 4);

    /// <summary>Pages in the mapping.</summary>
    public ulong Pages => End - Start;

    /// <summary>The access that it allows.</summary>
    public Protection Protection => (Protection)(Flags & VmaFlags.AccessMask);

    /// <summary>The size of the pages that back it. A mapping of huge pages is never reclaimed, as with hugetlbfs.</summary>
    public PageSize PageSize => (Flags & VmaFlags.HugeTlb) != 0 ? PageSize.Huge : PageSize.Base;

    /// <summary>Whether it is private anonymous memory.</summary>
    public bool IsAnonymous => File is null;

    /// <summary>Whether it has an anon_vma that came from a parent: it then has more links than one, for good.</summary>
    public bool HasInheritedAnonVma => AnonVma is not null && AnonVmaLinks.Count > 1;

    /// <summary>Whether any of the flags is set.</summary>
    public bool Has(VmaFlags flags) => (Flags & flags) != 0;

    /// <summary>The file's page, or anonymous memory's, at a page of the mapping.</summary>
    public ulong OffsetOf(ulong page) => PageOffset + (page - Start);
}
