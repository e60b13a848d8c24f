namespace Sim.Core.Faults;

/// <summary>Why there was a page fault.</summary>
public enum FaultCause
{
    /// <summary>Nothing is mapped there: SEGV_MAPERR.</summary>
    NotMapped,

    /// <summary>What is mapped there does not permit it: SEGV_ACCERR.</summary>
    NotPermitted,

    /// <summary>The file ends before: SIGBUS.</summary>
    BeyondEnd,

    /// <summary>Anonymous memory that was never touched, or only read and now stored to.</summary>
    DemandZero,

    /// <summary>Anonymous memory that was never touched, loaded from: the shared zero page.</summary>
    ZeroPage,

    /// <summary>A huge page.</summary>
    HugePage,

    /// <summary>A page in swap.</summary>
    SwapIn,

    /// <summary>A page that a device is just bringing.</summary>
    InTransit,

    /// <summary>A load from a file.</summary>
    FileRead,

    /// <summary>The first store to a private mapping's page of a file: it gets a copy.</summary>
    FileCopy,

    /// <summary>A store to a shared mapping of a file.</summary>
    FileWrite,

    /// <summary>Shared anonymous memory.</summary>
    SharedMemory,

    /// <summary>A store to a page that others have too: it gets a copy.</summary>
    CopyOnWrite,

    /// <summary>A store to a page that others had, and nobody has any more: it is taken over.</summary>
    Reuse,

    /// <summary>Nothing was wrong any more.</summary>
    Spurious,
}
