namespace Sim.Core.Faults;

/// <summary>What became of a page fault.</summary>
public enum FaultOutcome
{
    /// <summary>The page is mapped, by this fault.</summary>
    Mapped,

    /// <summary>Nothing was missing any more: the access is simply tried again.</summary>
    Spurious,

    /// <summary>The task sleeps; this fault's page will be mapped when it wakes.</summary>
    Waiting,

    /// <summary>The task sleeps, and tries again when it wakes.</summary>
    WaitingToRetry,

    /// <summary>The task sleeps until a page of a file has been read, or a frame for it is free, and then goes on with this fault.</summary>
    Reading,

    /// <summary>Nothing is mapped there, or not for this: SIGSEGV.</summary>
    BadArea,

    /// <summary>There is no memory for the page.</summary>
    OutOfMemory,

    /// <summary>The file has no such page: SIGBUS.</summary>
    BusError,

    /// <summary>The kernel was working on a system call's argument: the call goes on at its fixup, with EFAULT.</summary>
    Fixup,

    /// <summary>The kernel itself erred: the process is killed.</summary>
    Oops,
}
