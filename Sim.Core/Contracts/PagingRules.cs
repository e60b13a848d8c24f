namespace Sim.Core.Contracts;

/// <summary>When pages come that no access has asked for yet: what a `paging` policy decides.</summary>
public sealed record PagingRules
{
    /// <summary>Linux: cached pages of a file within 64 KiB around a load, and nothing else.</summary>
    public static PagingRules Linux { get; } = new();

    /// <summary>Whether mmap and brk bring all pages in at once, as with MAP_POPULATE.</summary>
    public bool IsEager { get; init; }

    /// <summary>Cached pages of a file that a load maps around itself: a power of two, whose multiples of addresses bound them. fault_around_bytes is 64 KiB.</summary>
    public int FilePages { get; init; } = 16;

    /// <summary>The same for anonymous memory that was never touched; 1 is the page alone.</summary>
    public int AnonymousPages { get; init; } = 1;

    /// <summary>Pages of anonymous memory after a faulting one that come with it, if they were never touched.</summary>
    public int PagesAhead { get; init; }
}
