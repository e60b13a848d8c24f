using System;

namespace Sim.Core.Physical;

/// <summary>What an allocation of frames may do, and how deep into the reserves it may go: the parts of gfp_t that decide here.</summary>
[Flags]
public enum AllocationFlags : byte
{
    /// <summary>Down to the min watermark, without reclaim: unmovable.</summary>
    None = 0,

    /// <summary>The page can be moved: __GFP_MOVABLE.</summary>
    Movable = 1,

    /// <summary>The page belongs to a cache that shrinks: __GFP_RECLAIMABLE.</summary>
    Reclaimable = 2,

    /// <summary>Reclaims before it fails: __GFP_DIRECT_RECLAIM.</summary>
    DirectReclaim = 4,

    /// <summary>Fails rather than reclaim for more than eight frames: __GFP_NORETRY.</summary>
    NoRetry = 8,

    /// <summary>Half of the min watermark is open to it: __GFP_HIGH.</summary>
    High = 16,

    /// <summary>A quarter of what is left is open to it, since it cannot wait: ALLOC_NON_BLOCK.</summary>
    NonBlocking = 32,

    /// <summary>Takes the last frame if need be, as reclaim itself does: PF_MEMALLOC.</summary>
    Reserves = 64,

    /// <summary>Moves pages aside before it fails for want of a large enough block.</summary>
    Compacts = 128,

    /// <summary>A page of a process: GFP_HIGHUSER_MOVABLE. Reclaim for it is the fault handler's.</summary>
    User = Movable,

    /// <summary>A huge page of a process: GFP_TRANSHUGE, without reclaim.</summary>
    HugePage = User | Compacts,

    /// <summary>For the kernel's own use by somebody who may sleep: GFP_KERNEL.</summary>
    Kernel = DirectReclaim | Compacts,

    /// <summary>For the kernel's own use by somebody who may not: GFP_ATOMIC.</summary>
    Atomic = High | NonBlocking,
}
