namespace Sim.Core.Machines;

/// <summary>The kinds of event in the machine's queue, with what the argument is.</summary>
internal enum EventKind
{
    /// <summary>A process starts: its number.</summary>
    Arrival,

    /// <summary>A sleeping task's time is up: its number.</summary>
    Wake,

    /// <summary>The swap device is done with a request: the transfer.</summary>
    DeviceDone,

    /// <summary>A shootdown reaches a CPU: its number in the table of shootdowns.</summary>
    Shootdown,

    /// <summary>An idle CPU looks at the run queue: the CPU.</summary>
    Dispatch,

    /// <summary>The lock of an address space goes to the next: the address space.</summary>
    LockHandOver,

    /// <summary>A task of a process that is being killed dies: its number.</summary>
    Kill,

    /// <summary>The device of the files is done with a request: its number.</summary>
    FileRequestDone,

    /// <summary>The flusher's timer goes off.</summary>
    Flush,
}
