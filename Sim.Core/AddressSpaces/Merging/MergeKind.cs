namespace Sim.Core.AddressSpaces.Merging;

/// <summary>What brought the range about that may merge.</summary>
public enum MergeKind
{
    /// <summary>mmap or shmat: a range that was free.</summary>
    NewRange,

    /// <summary>brk: the heap grows, and only its own mapping is extended.</summary>
    Break,

    /// <summary>mremap grows a mapping in place. The mapping itself is extended in any case; the question is of the one above.</summary>
    Extension,

    /// <summary>mremap puts a mapping elsewhere.</summary>
    Move,

    /// <summary>mprotect, madvise, mlock: part or all of a mapping gets other flags.</summary>
    Change,

    /// <summary>A pass over all mappings that the policy asked for.</summary>
    Sweep,
}
