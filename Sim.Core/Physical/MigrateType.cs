namespace Sim.Core.Physical;

/// <summary>
/// What can be done about a page that is in the way. Pages of one type are kept together in page blocks of 2 MiB, so that the movable ones can be
/// moved aside for a large allocation. M. Gorman, A. Whitcroft, "The what, the why and the where to of anti-fragmentation", OLS 2006.
/// </summary>
public enum MigrateType : byte
{
    /// <summary>Nothing: page tables, most of the kernel's objects.</summary>
    Unmovable,

    /// <summary>It can be copied elsewhere, and its mappings changed.</summary>
    Movable,

    /// <summary>It cannot be moved, but given up: slabs of caches that shrink.</summary>
    Reclaimable,
}
