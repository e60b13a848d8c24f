using System;

namespace Sim.Core.AddressSpaces;

/// <summary>The flags of msync, with the numbers of Linux.</summary>
[Flags]
public enum SyncFlags
{
    None = 0,
    Async = 1,
    Invalidate = 2,
    Sync = 4,
}
