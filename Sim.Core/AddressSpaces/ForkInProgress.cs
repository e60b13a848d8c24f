using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces;

/// <summary>A fork, and how far it has come: it may have to wait for pages that a device is just moving.</summary>
/// <param name="parent">What is copied.</param>
/// <param name="child">What it is copied to, empty at first.</param>
/// <param name="task">Who waits.</param>
/// <param name="counters">Where what it takes is counted.</param>
public sealed class ForkInProgress(Mm parent, Mm child, IWaitingTask task, CounterSet counters)
{
    /// <summary>What is copied.</summary>
    public Mm Parent { get; } = parent;

    /// <summary>What it is copied to.</summary>
    public Mm Child { get; } = child;

    /// <summary>Who waits.</summary>
    public IWaitingTask Task { get; } = task;

    /// <summary>Where what it takes is counted.</summary>
    public CounterSet Counters { get; } = counters;

    /// <summary>The first page that has not been copied.</summary>
    public ulong Page { get; set; }

    /// <summary>The child's mapping whose pages are being copied; null between two mappings.</summary>
    internal Vma? Target { get; set; }
}
