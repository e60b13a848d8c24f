namespace Sim.Core.Contracts;

/// <summary>What a kernel step of a program asks for.</summary>
public enum KernelRequest
{
    /// <summary>kmalloc(GFP_KERNEL): an object of a size class, or above 8 KiB frames in a row.</summary>
    Kmalloc,

    /// <summary>The same with __GFP_RECLAIMABLE: the oldest go when memory is short.</summary>
    ReclaimableKmalloc,

    /// <summary>alloc_pages(GFP_KERNEL): a block of frames that stays where it is.</summary>
    Pages,

    /// <summary>alloc_pages for a page that could be moved: with compaction, as for a transparent huge page.</summary>
    MovablePages,

    /// <summary>vmalloc: frames one by one under addresses in a row.</summary>
    Vmalloc,

    /// <summary>vm_map_ram: addresses alone, for frames that the caller has.</summary>
    MapRam,
}
