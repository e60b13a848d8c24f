namespace Sim.Core.Hardware;

/// <summary>Which way of a TLB set is given up for a new translation.</summary>
public enum TlbReplacement
{
    /// <summary>The least recently used.</summary>
    Lru,

    /// <summary>The one that a binary tree of last directions points away from; ways are a power of two.</summary>
    TreePlru,

    /// <summary>The one that came first.</summary>
    Fifo,

    /// <summary>One drawn at random.</summary>
    Random,
}
