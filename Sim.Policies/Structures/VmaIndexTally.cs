using Sim.Core.AddressSpaces;

namespace Sim.Policies.Structures;

/// <summary>What an index counts as it works. A mutable struct: pass it by reference.</summary>
public struct VmaIndexTally
{
    /// <summary>Addresses or lengths compared.</summary>
    public long Comparisons;

    /// <summary>Nodes read.</summary>
    public long Visits;

    /// <summary>Entries of an array or a node that were shifted or copied.</summary>
    public long Moves;

    /// <summary>Nodes allocated.</summary>
    public long Allocations;

    /// <summary>Nodes freed.</summary>
    public long Frees;

    /// <summary>The sum so far.</summary>
    public readonly VmaIndexWork Work => new(Comparisons, Visits, Moves, Allocations, Frees);
}
