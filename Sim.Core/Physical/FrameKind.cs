namespace Sim.Core.Physical;

/// <summary>What owns a frame, which has four bits for it. 0 is a frame that nobody ever took.</summary>
public enum FrameKind : byte
{
    Free,
    Anonymous,
    PageTable,
    Slab,
    ZeroPage,

    /// <summary>Lies there to break free memory up: nobody's page, which compaction may move.</summary>
    Filler,

    /// <summary>Lies there to break free memory up, for good.</summary>
    Wedge,

    /// <summary>Taken by the kernel for itself.</summary>
    Kernel,

    /// <summary>Holds a page of a file, or of shared memory.</summary>
    PageCache,

    /// <summary>Part of an area of vmalloc.</summary>
    Vmalloc,
}
