using System.Diagnostics.CodeAnalysis;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.Reclaim;

/// <summary>What a page cache works with.</summary>
public sealed record PageCacheParts : PageParts
{
    /// <summary>What works on pages, and what files need beside it.</summary>
    [SetsRequiredMembers]
    public PageCacheParts(PageParts pages, LeafOwners owners, FileRequests requests)
        : base(pages) => (Owners, Requests) = (owners, requests);

    /// <summary>Whose the entries are that map a frame.</summary>
    public LeafOwners Owners { get; }

    /// <summary>The device of the files.</summary>
    public FileRequests Requests { get; }

    /// <summary>The largest window that is read ahead of a file, in pages.</summary>
    public int ReadaheadWindow { get; init; } = Readahead.LinuxWindow;

    /// <summary>Whether files have pages that it was not told of; otherwise mappings of them behave as anonymous memory.</summary>
    public bool HoldsAll { get; init; }

    /// <summary>Whom to tell of the first page of a file that becomes dirty; null for nobody.</summary>
    public IFileEvents? Events { get; init; }

    /// <summary>Where the machine's own work is counted.</summary>
    public CounterSet Counters { get; init; } = new();
}
