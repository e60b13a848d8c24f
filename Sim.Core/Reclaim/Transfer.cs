using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>A frame on its way: its old page is being written, its new one read, or both in that order.</summary>
internal sealed class Transfer
{
    /// <summary>The frame.</summary>
    public FrameNumber Frame;

    /// <summary>The CPU that the device interrupts.</summary>
    public int Cpu;

    /// <summary>The address space of the page that comes in, or null when the frame is only to be freed.</summary>
    public Mm? Mm;

    /// <summary>The page that comes in.</summary>
    public ulong Page;

    /// <summary>The entry to write when the page is there.</summary>
    public ulong Mapping;

    /// <summary>Whether the new page must be read once the old one is written.</summary>
    public bool ReadFollows;

    /// <summary>The page that was to come in has been unmapped meanwhile.</summary>
    public bool IsCancelled;

    /// <summary>The page of a file that is written first; null where that goes to swap, or is done.</summary>
    public Folio? Leaving;

    /// <summary>
    /// Pages read ahead, which stay in memory unmapped, in the order of their slots; the page that comes in stands among them, if one does. Null where none are.
    /// </summary>
    public List<FrameNumber>? Ahead;

    /// <summary>The task whose fault began it, or null.</summary>
    public IWaitingTask? Waiter;

    /// <summary>Other tasks that wait for the page; made only when there are some.</summary>
    public List<IWaitingTask>? OtherWaiters;
}
