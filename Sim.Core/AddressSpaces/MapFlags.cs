using System;

namespace Sim.Core.AddressSpaces;

/// <summary>The flags of mmap, with the numbers of Linux on x86-64.</summary>
[Flags]
public enum MapFlags
{
    Shared = 0x01,
    Private = 0x02,

    /// <summary>As <see cref="Shared"/>, but unknown flags are an error.</summary>
    SharedValidate = 0x03,
    TypeMask = 0x0f,

    /// <summary>Exactly there, in place of what is there.</summary>
    Fixed = 0x10,
    Anonymous = 0x20,
    GrowsDown = 0x100,
    Locked = 0x2000,
    NoReserve = 0x4000,
    Populate = 0x8000,

    /// <summary>With <see cref="Populate"/>: not after all.</summary>
    NonBlock = 0x1_0000,
    Stack = 0x2_0000,

    /// <summary>Of 2 MiB pages.</summary>
    HugeTlb = 0x4_0000,

    /// <summary>Exactly there, unless something is there.</summary>
    FixedNoReplace = 0x10_0000,
}
