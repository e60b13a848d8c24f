using System;

namespace Sim.Core.Faults;

/// <summary>What the processor says of a page fault: the error code of x86.</summary>
[Flags]
public enum FaultErrorCode
{
    None = 0,

    /// <summary>There was a translation, and it did not permit the access.</summary>
    Present = 1,

    /// <summary>It was a store.</summary>
    Write = 2,

    /// <summary>It was made in user mode.</summary>
    User = 4,

    /// <summary>It was the fetch of an instruction.</summary>
    Instruction = 16,
}
