namespace Sim.Workloads.Mappings;

/// <summary>The calls of a mapping model.</summary>
public enum MappingCallKind
{
    /// <summary>mmap of a new region.</summary>
    Map,

    /// <summary>mmap with MAP_FIXED over a part of a region.</summary>
    MapInside,

    /// <summary>munmap of a part of a region, or of all that is left of it.</summary>
    Unmap,

    /// <summary>mprotect of a part of a region.</summary>
    Protect,

    /// <summary>mremap of a whole region to another length, moving it where it cannot grow.</summary>
    Resize,

    /// <summary>brk: the heap grows, or shrinks by a negative number of pages.</summary>
    Break,
}
