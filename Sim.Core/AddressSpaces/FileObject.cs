using Sim.Core.AddressSpaces.Files;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// What a mapping of a file maps: an inode. Shared anonymous memory and System V segments have one each, in the shared-memory file system.
/// </summary>
/// <param name="name">Its name, for messages and drawings.</param>
/// <param name="bytes">Its length.</param>
/// <param name="kind">Where it lives.</param>
public sealed class FileObject(string name, ulong bytes, FileKind kind)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its length in bytes. A touch beyond the last page is a SIGBUS.</summary>
    public ulong Bytes { get; internal set; } = bytes;

    /// <summary>Its number in the page cache, from 1; 0 while that has never seen it.</summary>
    internal int Number { get; set; }

    /// <summary>Since when some of it has waited to be written back; never, where nothing does.</summary>
    internal SimTime DirtySince { get; set; } = SimTime.Never;

    /// <summary>Up to which page the flusher has written it in this pass: writeback_index.</summary>
    internal ulong WritebackIndex { get; set; }

    /// <summary>Where it lives.</summary>
    public FileKind Kind { get; } = kind;

    /// <summary>Mappings of it, through whatever open file.</summary>
    public int Mappings { get; internal set; }

    /// <summary>Its pages in memory.</summary>
    public CachedPages Cache { get; } = new();

    /// <summary>Pages that hold some of it.</summary>
    public ulong Pages => (Bytes + 4095) / 4096;
}
