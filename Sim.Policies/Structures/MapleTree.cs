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
internal sealed class MapleTree
{
    private MapleNode _root = new(isLeaf: true) { Count = 1 };

    /// <summary>What was done so far.</summary>
    public VmaIndexTally Tally;

    /// <summary>One free range, for which no node is allocated.</summary>
    public MapleTree() => _root.Set(0, ulong.MaxValue, null, 0);

    /// <summary>Levels, leaves included.</summary>
    public int Depth
    {
        get
        {
            int depth = 1;
            for (MapleNode node = _root; !node.IsLeaf; node = node.Child(0)) depth++;
            return depth;
        }
    }

    private bool IsEmpty => _root is { IsLeaf: true, Count: 1 };

    /// <inheritdoc cref="IVmaIndex.Find"/>
    public Vma? Find(ulong page)
    {
        for (MapleNode node = _root; ;)
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
        MapleNode leaf = LeafOf(vma.Next ?? vma.Previous) ?? _root;
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
        Settle(leaf, isChanged);
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
        Settle(leaf, isFreeAbove || isFreeBelow);
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
        Settle(leaf, isChanged);
        if (above != leaf && above.Count > 0) Settle(above, isChangedAbove);
    }

    /// <summary>The lowest gap of that many pages in [low, high): mas_empty_area.</summary>
    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) => TryFindLowest(_root, 0, low, high, pages, out start);

    /// <summary>The highest such gap: mas_empty_area_rev.</summary>
    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start) => TryFindHighest(_root, 0, low, high, pages, out start);

    /// <summary>Throws where the ranges, the fill, the depth, the links or the gaps do not hold.</summary>
    public void CheckInvariants(VmaList list)
    {
        Vma? expected = list.First;
        long nodes = 0;
        int depth = Depth;
        ulong reached = 0;
        Check(_root, null, 0, 1);
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
        SetEnd(leaf, leaf.Ends[first - 1]);
        Settle(leaf, isChanged: true);
        if (next.Count > 0) Settle(next, isNewRange);
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
        else SetEnd(below, vma.Start);
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
        else SetEnd(leaf, vma.End);
        return above != leaf && (isNewRange || isUsedUp);
    }

    /// <summary>Moves the end of a node's last slot, and of every slot above it that ends there.</summary>
    private void SetEnd(MapleNode node, ulong end)
    {
        node.Ends[node.Count - 1] = end;
        while (node.Parent is { } parent)
        {
            parent.Ends[node.Place] = end;
            Tally.Visits++;
            if (node.Place < parent.Count - 1) return;
            node = parent;
        }
    }

    /// <summary>Ends a change of a node: counts the copy, mends what is over-full or under-full, and carries the gaps upwards.</summary>
    private void Settle(MapleNode node, bool isChanged)
    {
        if (isChanged) Copy(node);
        if (node.Count > node.Capacity) Relieve(node);
        else if (node.Count < node.Minimum && node.Parent is not null) Refill(node);
        else if (node is { IsLeaf: false, Count: 1 }) DropRoot();
        else CarryGap(node);
    }

    /// <summary>
    /// An over-full node: evens it out with a sibling that has room (mas_push_data), or else divides it. A root that divides gets a root above it.
    /// </summary>
    private void Relieve(MapleNode node)
    {
        if (node.Parent is null)
        {
            _root = new MapleNode(isLeaf: false);
            _root.Insert(0, ulong.MaxValue, node);
            Tally.Allocations++;
        }
        MapleNode parent = node.Parent!;
        int most = 2 * node.Capacity - (node.IsLeaf ? 3 : 2);
        bool isPushed = true;
        if (node.Place > 0 && parent.Child(node.Place - 1) is var left && left.Count + node.Count < most)
        {
            Copy(left);
            Level(left, node);
        }
        else if (node.Place < parent.Count - 1 && parent.Child(node.Place + 1) is var right && node.Count + right.Count < most)
        {
            Copy(right);
            Level(node, right);
        }
        else
        {
            isPushed = false;
            var upper = new MapleNode(node.IsLeaf);
            Tally.Allocations++;
            parent.Insert(node.Place + 1, parent.Ends[node.Place], upper);
            Level(node, upper);
        }
        Settle(parent, isChanged: !isPushed);
    }

    /// <summary>An under-full node: joins it with a sibling if one node holds both, or else evens the two out (mas_rebalance).</summary>
    private void Refill(MapleNode node)
    {
        MapleNode parent = node.Parent!;
        int lower = node.Place < parent.Count - 1 ? node.Place : node.Place - 1;
        MapleNode left = parent.Child(lower), right = parent.Child(lower + 1);
        bool isJoined = left.Count + right.Count <= left.Capacity;
        if (isJoined)
        {
            for (int slot = 0; slot < right.Count; slot++) left.Set(left.Count++, right.Ends[slot], right.Items[slot], right.Gaps[slot]);
            Tally.Moves += right.Count;
            Tally.Frees++;
            (right.Parent, right.Count) = (null, 0);
            parent.Ends[lower] = parent.Ends[lower + 1];
            parent.RemoveAt(lower + 1);
            parent.Gaps[lower] = left.LargestGap();
        }
        else
        {
            Copy(node == left ? right : left);
            Level(left, right);
        }
        Settle(parent, isChanged: isJoined);
    }

    /// <summary>A node is written anew and the old one freed.</summary>
    private void Copy(MapleNode node)
    {
        Tally.Allocations++;
        Tally.Frees++;
        Tally.Moves += node.Count;
    }

    /// <summary>The root has one child left, which becomes the root.</summary>
    private void DropRoot()
    {
        MapleNode old = _root;
        _root = old.Child(0);
        _root.Parent = null;
        old.Count = 0;
        Tally.Frees++;
    }

    /// <summary>Shares out the slots of two neighbours evenly, but for a free range at the end of the left one, which goes to the right.</summary>
    private void Level(MapleNode left, MapleNode right)
    {
        int total = left.Count + right.Count, wanted = total / 2;
        bool isEndFree = left.IsLeaf && (wanted <= left.Count ? left.Items[wanted - 1] : right.Items[wanted - left.Count - 1]) is null;
        if (isEndFree) wanted++;
        while (left.Count < wanted)
        {
            left.Set(left.Count++, right.Ends[0], right.Items[0], right.Gaps[0]);
            right.RemoveAt(0);
        }
        while (left.Count > wanted)
        {
            int last = left.Count - 1;
            (ulong end, object? item, ulong gap) = (left.Ends[last], left.Items[last], left.Gaps[last]);
            left.RemoveAt(last);
            right.Insert(0, end, item);
            right.Gaps[0] = gap;
        }
        MapleNode parent = left.Parent!;
        parent.Ends[left.Place] = left.Ends[left.Count - 1];
        parent.Gaps[left.Place] = left.LargestGap();
        parent.Gaps[right.Place] = right.LargestGap();
    }

    /// <summary>Carries a node's largest gap upwards as far as it changes anything: mas_update_gap.</summary>
    private void CarryGap(MapleNode node)
    {
        for (; node.Parent is { } parent; node = parent)
        {
            ulong gap = node.LargestGap();
            Tally.Comparisons++;
            if (parent.Gaps[node.Place] == gap) return;
            parent.Gaps[node.Place] = gap;
            Tally.Visits++;
        }
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
