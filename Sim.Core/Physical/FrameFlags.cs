using System;

namespace Sim.Core.Physical;

/// <summary>Marks on a frame.</summary>
[Flags]
public enum FrameFlags : ushort
{
    None = 0,

    /// <summary>A device is reading or writing the frame: it can be neither evicted nor freed.</summary>
    InTransit = 1,

    /// <summary>The page belongs to a locked mapping: it is not evicted.</summary>
    Locked = 2,
}
