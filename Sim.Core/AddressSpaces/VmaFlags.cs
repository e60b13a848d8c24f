using System;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// What a mapping is and how it may be used: the kernel's vm_flags, with the bits of Linux 6.18 on x86-64 (include/linux/mm.h).
/// <code>
///   31                                                                                   8  7      4  3      0
///   | ksm, huge pages, dump, fork, accounting, locking, access pattern ... | grows down |  | may ... | access |
/// </code>
/// The "may" bits say what mprotect can still allow.
/// </summary>
[Flags]
public enum VmaFlags : uint
{
    None = 0,
    Read = 1,
    Write = 1 << 1,
    Execute = 1 << 2,

    /// <summary>Stores go to the file object. Not set on a shared mapping of a file that was opened for reading.</summary>
    Shared = 1 << 3,
    MayRead = 1 << 4,
    MayWrite = 1 << 5,
    MayExecute = 1 << 6,

    /// <summary>Mapped with MAP_SHARED.</summary>
    MayShare = 1 << 7,

    /// <summary>A fault below it extends it downwards: the stack.</summary>
    GrowsDown = 1 << 8,

    /// <summary>Bare page frames: a mapping of a device. None is modelled; the bit stands for the rules that ask for it.</summary>
    PageFrames = 1 << 10,
    Locked = 1 << 13,
    Device = 1 << 14,
    SequentialRead = 1 << 15,
    RandomRead = 1 << 16,

    /// <summary>A child does not get it.</summary>
    DontCopy = 1 << 17,

    /// <summary>mremap cannot extend it, and it never merges.</summary>
    DontExpand = 1 << 18,

    /// <summary>Locked page by page as they are faulted in.</summary>
    LockOnFault = 1 << 19,

    /// <summary>Its pages count against the commit limit.</summary>
    Account = 1 << 20,
    NoReserve = 1 << 21,

    /// <summary>Backed by 2 MiB pages of a hugetlbfs.</summary>
    HugeTlb = 1 << 22,

    /// <summary>A child gets it empty.</summary>
    WipeOnFork = 1 << 25,
    DontDump = 1 << 26,
    MixedMap = 1 << 28,
    HugePage = 1 << 29,
    NoHugePage = 1 << 30,

    /// <summary>Its pages may be merged with equal ones (KSM).</summary>
    Mergeable = 1u << 31,

    /// <summary>The access that is allowed now.</summary>
    AccessMask = Read | Write | Execute,
    LockedMask = Locked | LockOnFault,

    /// <summary>What never merges with anything: VM_SPECIAL.</summary>
    SpecialMask = Device | DontExpand | PageFrames | MixedMap,

    /// <summary>Anonymous private memory that may be used in any way.</summary>
    MayAll = MayRead | MayWrite | MayExecute,
}
