using System;

namespace Sim.Core.AddressSpaces;

/// <summary>The flags of mremap, with the numbers of Linux.</summary>
[Flags]
public enum RemapFlags
{
    None = 0,
    MayMove = 1,

    /// <summary>To exactly this address, in place of what is there.</summary>
    Fixed = 2,

    /// <summary>The pages move, and an empty mapping stays where they were.</summary>
    DontUnmap = 4,
}
