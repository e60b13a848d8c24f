using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.Faults;

/// <summary>One fault in a good area, on its way through the handler.</summary>
internal unsafe struct PageFault(Mm mm, Vma vma, ulong page, FaultErrorCode access, bool waits, IWaitingTask task, ICharge payer, CounterSet counters)
{
    public readonly Mm Mm = mm;
    public readonly Vma Vma = vma;
    public readonly ulong Page = page;
    public readonly bool IsStore = (access & FaultErrorCode.Write) != 0;

    /// <summary>Whether a program made the access itself.</summary>
    public readonly bool IsUser = (access & FaultErrorCode.User) != 0;

    /// <summary>Whether it waits for what must be read, and is a major fault then.</summary>
    public readonly bool Waits = waits;
    public readonly IWaitingTask Task = task;
    public readonly ICharge Payer = payer;
    public readonly CounterSet Counters = counters;

    /// <summary>Whether it goes on where it had to sleep, and has been counted: FAULT_FLAG_TRIED.</summary>
    public bool IsGoingOn;

    /// <summary>The page's entry.</summary>
    public ulong* Entry;

    /// <summary>Whether there was no leaf table before this fault.</summary>
    public bool IsFirstOfLeaf;

    /// <summary>Why it came to it.</summary>
    public FaultCause Cause;
}
