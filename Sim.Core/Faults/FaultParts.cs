using System.Diagnostics.CodeAnalysis;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>What the fault handler works with.</summary>
public sealed record FaultParts : PageParts
{
    /// <summary>What works on pages, and what faults need beside it.</summary>
    [SetsRequiredMembers]
    public FaultParts(PageParts pages, AddressSpaceCalls calls, SharedTables tables)
        : base(pages) => (AnonVmas, Stacks, Tables) = (calls.AnonVmas, calls.StackGrowth, tables);

    /// <summary>How mappings get their anon_vmas.</summary>
    public AnonVmas AnonVmas { get; }

    /// <summary>How stacks grow.</summary>
    public StackGrowth Stacks { get; }

    /// <summary>Leaf tables that several address spaces have.</summary>
    public SharedTables Tables { get; }

    /// <summary>The frame that all pages share which have only been read, or null to give each its own at once.</summary>
    public FrameNumber? ZeroPage { get; init; }

    /// <summary>Which pages come unasked.</summary>
    public PagingRules Paging { get; init; } = PagingRules.Linux;

    /// <summary>What is read ahead; null for Linux's windows of files, and nothing of swap.</summary>
    public IReadahead? Readahead { get; init; }

    /// <summary>What was read ahead of swap; null where nothing is.</summary>
    public SwapCache? SwapCache { get; init; }

    /// <summary>The pages of files; null where a mapping of a file behaves as anonymous memory.</summary>
    public PageCache? Cache { get; init; }
}
