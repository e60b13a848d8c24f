namespace Sim.Core.AddressSpaces;

/// <summary>Where a file object lives, which decides how its mappings are placed and merged.</summary>
public enum FileKind
{
    /// <summary>A file system on a disk that places mappings for huge pages, as ext4 does.</summary>
    Disk,

    /// <summary>The shared-memory file system: MAP_SHARED | MAP_ANONYMOUS.</summary>
    SharedMemory,

    /// <summary>A System V segment: shared memory whose mappings have a close operation, and so cannot be deleted by a merge.</summary>
    SystemV,

    /// <summary>No file, but pages that the kernel shows every process, such as the vdso. Such a mapping is never cut.</summary>
    Special,
}
