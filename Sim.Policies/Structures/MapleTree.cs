using System;
using Sim.Core.AddressSpaces;

namespace Sim.Policies.Structures;

/// <summary>
/// The pages of an address space as ranges in a B-tree, free ranges among them, as Linux's maple tree keeps them for its mm. No two free ranges are
/// neighbours, and no leaf but the last ends in one, so that a free range lies in the leaf of the mapping above it.
/// <para>A change that only moves ends, or fills a free range exactly, is made in place. One that changes how many slots a node has is made in a copy, and the
/// old node is freed after a grace period, since readers hold no lock: that is an allocation and a free, whatever the tree's size.</para>
/// <para>L. Howlett, M. Wilcox, "Maple tree", lib/maple_tree.c, Linux 6.1, 2022; R. Bayer, E. McCreight, "Organization and maintenance of large ordered
/// indexes", Acta Informatica 1, 1972.</para>
/// </summary>
public sealed class MapleTree
{
    private readonly MapleNodes _nodes = new();

    /// <summary>What was done so far.</summary>
    public ref VmaIndexTally Tally => ref _nodes.Tally;

    /// <summary>Levels, leaves included.</summary>
    public int Depth
    {
        get
        {
            int depth = 1;
            for (MapleNode node = _nodes.Root; !node.IsLeaf; node = node.Child(0)) depth++;
            return depth;
        }
    }

    private bool IsEmpty => _nodes.Root is { IsLeaf: true, Count: 1 };

    /// <inheritdoc cref="IVmaIndex.Find"/>
    public Vma? Find(ulong page)
    {
        for (MapleNode node = _nodes.Root; ;)
        {
            int slot = 0;
            while (node.Ends[slot] <= page) slot++;
            Tally.Visits++;
            Tally.Comparisons += slot + 1;
            if (!node.IsLeaf) node = node.Child(slot);
            else return node.Mapping(slot) ?? (slot + 1 < node.Count ? node.Mapping(slot + 1) : null);
        }
    }

    /// <summary>
    /// Puts a mapping into the free range below the next one, which it divides.
    /// <code>
    ///   |      null      | next |   =>   | null | vma | null | next |
    /// </code>
    /// </summary>
    public void Insert(Vma vma)
    {
        if (IsEmpty) Tally.Allocations++;
        MapleNode leaf = LeafOf(vma.Next ?? vma.Previous) ?? _nodes.Root;
        int slot = (vma.Next is null ? leaf.Count : leaf.SlotOf(vma.Next)) - 1;
        Tally.Visits++;
        bool isChanged = vma.End < leaf.Ends[slot];
        if (isChanged) leaf.Insert(slot, vma.End, vma);
        else leaf.Set(slot, vma.End, vma, 0);
        if (leaf.StartOf(slot) < vma.Start)
        {
            leaf.Insert(slot, vma.Start, null);
            isChanged = true;
        }
        _nodes.Settle(leaf, isChanged);
    }

    /// <summary>Frees the range of a mapping, with the free ranges beside it.</summary>
    public void Remove(Vma vma)
    {
        MapleNode leaf = LeafOf(vma)!;
        int slot = leaf.SlotOf(vma);
        bool isFreeBelow = slot > 0 && leaf.Items[slot - 1] is null;
        Tally.Visits++;
        if (slot == leaf.Count - 1)
        {
            RemoveLast(vma, leaf, isFreeBelow ? slot - 1 : slot);
            return;
        }
        bool isFreeAbove = leaf.Items[slot + 1] is null;
        leaf.Set(slot, vma.End, null, 0);
        if (isFreeAbove) leaf.RemoveAt(slot);
        if (isFreeBelow) leaf.RemoveAt(slot - 1);
        _nodes.Settle(leaf, isFreeAbove || isFreeBelow);
        if (IsEmpty) Tally.Frees++;
    }

    /// <summary>
    /// Brings the tree in line with a mapping whose boundaries have moved. Pages go to or come from the free range beside it, or from a neighbour whose own
    /// boundary has moved with it.
    /// </summary>
    public void OnMove(Vma vma)
    {
        MapleNode leaf = LeafOf(vma)!;
        int slot = leaf.SlotOf(vma);
        Tally.Visits++;
        MapleNode below = slot > 0 ? leaf : LeafOf(vma.Previous) ?? leaf, above = slot < leaf.Count - 1 ? leaf : LeafOf(vma.Next)!;
        bool isChanged = MoveStart(vma, leaf, slot, below);
        slot = leaf.SlotOf(vma);
        int before = leaf.Count;
        bool isChangedAbove = MoveEnd(vma, leaf, slot, above);
        isChanged |= leaf.Count != before;
        _nodes.Settle(leaf, isChanged);
        if (above != leaf && above.Count > 0) _nodes.Settle(above, isChangedAbove);
    }

    /// <summary>The lowest gap of that many pages in [low, high): mas_empty_area.</summary>
    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) => TryFindLowest(_nodes.Root, 0, low, high, pages, out start);

    /// <summary>The highest such gap: mas_empty_area_rev.</summary>
    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start) => TryFindHighest(_nodes.Root, 0, low, high, pages, out start);

    /// <summary>Throws where the ranges, the fill, the depth, the links or the gaps do not hold.</summary>
    public void CheckInvariants(VmaList list)
    {
        Vma? expected = list.First;
        long nodes = 0;
        int depth = Depth;
        ulong reached = 0;
        Check(_nodes.Root, null, 0, 1);
        if (expected is not null) throw new InvalidOperationException($"mapping {expected.Start:x} is not in the tree");
        if (reached != ulong.MaxValue) throw new InvalidOperationException($"the tree ends at {reached:x}");
        if (nodes - (IsEmpty ? 1 : 0) != Tally.Allocations - Tally.Frees) throw new InvalidOperationException($"{nodes} nodes, {Tally.Allocations} allocated, {Tally.Frees} freed");

        void Check(MapleNode node, MapleNode? parent, int place, int level)
        {
            nodes++;
            if (node.Parent != parent || node.Place != place) throw new InvalidOperationException($"links are broken at {reached:x}");
            if (node.IsLeaf != (level == depth)) throw new InvalidOperationException($"a leaf at {reached:x} is at level {level} of {depth}");
            int minimum = parent is null ? (node.IsLeaf ? 1 : 2) : node.Minimum;
            if (node.Count < minimum || node.Count > node.Capacity) throw new InvalidOperationException($"a node at {reached:x} has {node.Count} slots");
            for (int slot = 0; slot < node.Count; slot++)
            {
                ulong end = node.Ends[slot];
                if (end <= reached) throw new InvalidOperationException($"slot {slot} ends at {end:x}, before {reached:x}");
                if (!node.IsLeaf)
                {
                    Check(node.Child(slot), node, slot, level + 1);
                    if (reached != end) throw new InvalidOperationException($"a branch ends at {reached:x}, its parent says {end:x}");
                    if (node.Gaps[slot] != node.Child(slot).LargestGap()) throw new InvalidOperationException($"gap {node.Gaps[slot]} is wrong below {end:x}");
                    continue;
                }
                if (node.Mapping(slot) is not { } vma) CheckFree(node, slot, end);
                else
                {
                    if (!ReferenceEquals(vma, expected) || vma.Start != reached || vma.End != end || vma.IndexNode != node)
                        throw new InvalidOperationException($"slot {reached:x}-{end:x} is not the list's {expected?.Start:x}-{expected?.End:x}");
                    expected = vma.Next;
                }
                reached = end;
            }
        }

        static void CheckFree(MapleNode leaf, int slot, ulong end)
        {
            if (slot > 0 && leaf.Items[slot - 1] is null) throw new InvalidOperationException($"two free ranges meet below {end:x}");
            if (slot == leaf.Count - 1 && end != ulong.MaxValue) throw new InvalidOperationException($"a leaf ends in a free range at {end:x}");
        }
    }

    private static MapleNode? LeafOf(Vma? vma) => (MapleNode?)vma?.IndexNode;

    /// <summary>
    /// The last mapping of a leaf goes: the leaf ends earlier, and its pages are those of a free range at the start of the next leaf.
    /// <code>
    ///   | .. | A | null | vma |     | B | ..      =>     | .. | A |     | null | B | ..
    /// </code>
    /// </summary>
    private void RemoveLast(Vma vma, MapleNode leaf, int first)
    {
        MapleNode next = LeafOf(vma.Next)!;
        bool isNewRange = next.Items[0] is not null;
        if (isNewRange) next.Insert(0, vma.End, null);
        while (leaf.Count > first) leaf.RemoveAt(leaf.Count - 1);
        _nodes.SetEnd(leaf, leaf.Ends[first - 1]);
        _nodes.Settle(leaf, isChanged: true);
        if (next.Count > 0) _nodes.Settle(next, isNewRange);
    }

    /// <summary>Moves the start of a mapping. Whether slots came or went in its leaf.</summary>
    private bool MoveStart(Vma vma, MapleNode leaf, int slot, MapleNode below)
    {
        ulong start = leaf.StartOf(slot);
        if (vma.Start == start) return false;
        bool isFree = slot > 0 && leaf.Items[slot - 1] is null;
        if (vma.Start > start && !isFree && vma.Previous?.End != vma.Start)
        {
            leaf.Insert(slot, vma.Start, null);
            return true;
        }
        if (isFree && leaf.StartOf(slot - 1) == vma.Start)
        {
            leaf.RemoveAt(slot - 1);
            return true;
        }
        if (below == leaf) leaf.Ends[slot - 1] = vma.Start;
        else _nodes.SetEnd(below, vma.Start);
        return false;
    }

    /// <summary>Moves the end of a mapping. Whether a slot came or went in the next leaf, if that is where the pages above it are.</summary>
    private bool MoveEnd(Vma vma, MapleNode leaf, int slot, MapleNode above)
    {
        ulong end = leaf.Ends[slot];
        if (vma.End == end) return false;
        int next = above == leaf ? slot + 1 : 0;
        bool isFree = above.Items[next] is null;
        bool isNewRange = vma.End < end && !isFree && vma.Next?.Start != vma.End, isUsedUp = isFree && above.Ends[next] == vma.End;
        if (isNewRange) above.Insert(next, end, null);
        else if (isUsedUp) above.RemoveAt(next);
        if (above == leaf) leaf.Ends[slot] = vma.End;
        else _nodes.SetEnd(leaf, vma.End);
        return above != leaf && (isNewRange || isUsedUp);
    }

    private bool TryFindLowest(MapleNode node, ulong first, ulong low, ulong high, ulong pages, out ulong start)
    {
        Tally.Visits++;
        start = 0;
        for (int slot = 0; slot < node.Count && first < high; first = node.Ends[slot++])
        {
            ulong end = node.Ends[slot];
            Tally.Comparisons++;
            if (end <= low) continue;
            if (!node.IsLeaf)
            {
                if (node.Gaps[slot] >= pages && TryFindLowest(node.Child(slot), first, low, high, pages, out start)) return true;
                continue;
            }
            start = Math.Max(first, low);
            if (node.Items[slot] is null && Math.Min(end, high) is var limit && limit > start && limit - start >= pages) return true;
        }
        return false;
    }

    private bool TryFindHighest(MapleNode node, ulong first, ulong low, ulong high, ulong pages, out ulong start)
    {
        Tally.Visits++;
        start = 0;
        for (int slot = node.Count - 1; slot >= 0 && node.Ends[slot] > low; slot--)
        {
            ulong from = slot > 0 ? node.Ends[slot - 1] : first;
            Tally.Comparisons++;
            if (from >= high) continue;
            if (!node.IsLeaf)
            {
                if (node.Gaps[slot] >= pages && TryFindHighest(node.Child(slot), from, low, high, pages, out start)) return true;
                continue;
            }
            ulong limit = Math.Min(node.Ends[slot], high);
            if (node.Items[slot] is not null || limit <= Math.Max(from, low) || limit - Math.Max(from, low) < pages) continue;
            start = limit - pages;
            return true;
        }
        return false;
    }
}
