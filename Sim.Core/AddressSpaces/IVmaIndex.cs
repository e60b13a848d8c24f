using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// The `vma-index` policy point: how the kernel finds a mapping by address, and free space by length. One instance an address space; registered by
/// <see cref="IPolicy{TSelf,TOptions}"/>. The list by address belongs to <see cref="VmaList"/>, which tells the index of every change; an index may walk it
/// (<see cref="Vma.Previous"/>, <see cref="Vma.Next"/>) and hang a node of its own on each mapping (<see cref="Vma.IndexNode"/>).
/// All indexes give the same answers; what differs is their <see cref="Work"/>. Positions are page numbers, ranges [start, end).
/// </summary>
public interface IVmaIndex
{
    /// <summary>Called once, before anything else, with the empty list that is to be indexed.</summary>
    void Attach(VmaList list);

    /// <summary>The first mapping whose end lies above <paramref name="page"/> (the one that holds it, or the next above), or null. Linux's find_vma.</summary>
    Vma? Find(ulong page);

    /// <summary>A mapping was linked into the list.</summary>
    void OnInsert(Vma vma);

    /// <summary>A mapping is about to be unlinked from the list. Its node must be let go.</summary>
    void OnRemove(Vma vma);

    /// <summary>
    /// A mapping's start or end, or both, have just been moved. Its place in the order is the same and it overlaps nothing, once the call that
    /// moves several boundaries is done. Where a boundary between two neighbours moves, both have moved already when either is told of.
    /// </summary>
    void OnMove(Vma vma, ulong oldStart, ulong oldEnd);

    /// <summary>
    /// The lowest <paramref name="pages"/> free pages within [low, high): maple's mas_empty_area. Alignment is the caller's, who asks for more and rounds.
    /// </summary>
    bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start);

    /// <summary>The highest <paramref name="pages"/> free pages within [low, high): maple's mas_empty_area_rev.</summary>
    bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start);

    /// <summary>The kernel object that a node is; null where nodes lie in the mappings themselves.</summary>
    KernelObject? NodeKind { get; }

    /// <summary>All that the index has done so far, for the cost model to charge by difference. No node is left once the last mapping has gone.</summary>
    VmaIndexWork Work { get; }

    /// <summary>Throws with values where the index and its list differ.</summary>
    void CheckInvariants();
}
