namespace Sim.Core.AddressSpaces;

/// <summary>What an index has done since it was made.</summary>
/// <param name="Comparisons">Addresses or gap lengths compared.</param>
/// <param name="NodeVisits">Nodes read whose place in memory the one before told: cache misses, where they are cold.</param>
/// <param name="EntryMoves">Entries shifted within an array, or copied from node to node.</param>
/// <param name="NodeAllocations">Nodes allocated. An index whose nodes lie in the mappings themselves has none.</param>
/// <param name="NodeFrees">Nodes freed.</param>
public readonly record struct VmaIndexWork(long Comparisons, long NodeVisits, long EntryMoves, long NodeAllocations, long NodeFrees)
{
    public static VmaIndexWork operator -(VmaIndexWork later, VmaIndexWork earlier) => new(later.Comparisons - earlier.Comparisons,
        later.NodeVisits - earlier.NodeVisits, later.EntryMoves - earlier.EntryMoves, later.NodeAllocations - earlier.NodeAllocations,
        later.NodeFrees - earlier.NodeFrees);
}
