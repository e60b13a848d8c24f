using System;

namespace Sim.Core.AddressSpaces.Merging;

/// <summary>The neighbours that a range may become one mapping with.</summary>
[Flags]
public enum MergeSides
{
    None = 0,

    /// <summary>The mapping below.</summary>
    Left = 1,

    /// <summary>The mapping above.</summary>
    Right = 2,
    Both = Left | Right,
}
