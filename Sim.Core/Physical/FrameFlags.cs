using System;

namespace Sim.Core.Physical;

/// <summary>Marks on a frame, which has eight bits for them.</summary>
[Flags]
public enum FrameFlags : byte
{
    None = 0,

    /// <summary>A device is reading or writing the frame: it can be neither evicted nor freed.</summary>
    InTransit = 1,

    /// <summary>The page belongs to a locked mapping: it is not evicted.</summary>
    Locked = 2,

    /// <summary>An anonymous page that fork gave to a child too, until its last owner has taken it over: not PG_anon_exclusive.</summary>
    MaybeShared = 4,

    /// <summary>An anonymous page that may be dropped unless it is stored to again: madvise(MADV_FREE).</summary>
    LazyFree = 8,

    /// <summary>A file's page that holds what the file does not yet.</summary>
    Dirty = 16,

    /// <summary>A page of shared memory, which no file stands behind: nobody asks to hear of the first store to it.</summary>
    Memory = 32,

    /// <summary>What keeps a page where it is.</summary>
    KeptMask = InTransit | Locked,
}
