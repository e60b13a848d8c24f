using System.Runtime.CompilerServices;
using Sim.Core.AddressSpaces;

namespace Sim.Policies.Structures;

/// <summary>
/// A node of 256 bytes of a <see cref="MapleTree"/>. Slot i covers the pages from the end of slot i - 1 (of the node's own first page, for slot 0) to
/// <see cref="Ends"/>[i]. Of a leaf a slot holds a mapping, or null for free pages; of a branch a node.
/// <code>
///   leaf     maple_leaf_64     16 slots   | null  | A     | B     | null  | C     |
///                                    ends   5       8       9       20      MAX
///   branch   maple_arange_64   10 slots, each with the largest gap below it
/// </code>
/// </summary>
internal sealed class MapleNode(bool isLeaf)
{
    private const int LeafSlots = 16, BranchSlots = 10;

    /// <summary>The least that a node is left with, but for the root: mt_min_slots.</summary>
    private const int LeafMinimum = LeafSlots / 2 - 2, BranchMinimum = BranchSlots / 2 - 1;

    /// <summary>The page after the last of each slot.</summary>
    public Slots<ulong> Ends;

    /// <summary>The largest gap below each slot of a branch, in pages.</summary>
    public Slots<ulong> Gaps;

    /// <summary>A <see cref="Vma"/> or null in a leaf, a <see cref="MapleNode"/> in a branch.</summary>
    public Slots<object?> Items;

    /// <summary>The branch above; null for the root, and for a node that has been freed.</summary>
    public MapleNode? Parent;

    /// <summary>The slot of the parent that holds this node.</summary>
    public int Place;

    /// <summary>Slots in use.</summary>
    public int Count;

    public bool IsLeaf => isLeaf;

    public int Capacity => isLeaf ? LeafSlots : BranchSlots;

    public int Minimum => isLeaf ? LeafMinimum : BranchMinimum;

    public MapleNode Child(int slot) => Unsafe.As<MapleNode>(Items[slot]!);

    public Vma? Mapping(int slot) => Unsafe.As<Vma?>(Items[slot]);

    /// <summary>The slot that holds an item.</summary>
    public int SlotOf(object item)
    {
        int slot = 0;
        while (!ReferenceEquals(Items[slot], item)) slot++;
        return slot;
    }

    /// <summary>The first page that a slot covers.</summary>
    public ulong StartOf(int slot)
    {
        if (slot > 0) return Ends[slot - 1];
        MapleNode node = this;
        while (node.Parent is { } parent)
        {
            if (node.Place > 0) return parent.Ends[node.Place - 1];
            node = parent;
        }
        return 0;
    }

    /// <summary>The largest gap in or below the node.</summary>
    public ulong LargestGap()
    {
        ulong largest = 0;
        for (int slot = 0; slot < Count; slot++)
        {
            if (isLeaf && Items[slot] is not null) continue;
            ulong gap = isLeaf ? Ends[slot] - StartOf(slot) : Gaps[slot];
            if (gap > largest) largest = gap;
        }
        return largest;
    }

    /// <summary>Puts an item before a slot. The node may be over-full by it until the tree has been mended.</summary>
    public void Insert(int slot, ulong end, object? item)
    {
        for (int i = Count; i > slot; i--) Set(i, Ends[i - 1], Items[i - 1], Gaps[i - 1]);
        Count++;
        Set(slot, end, item, 0);
    }

    /// <summary>Takes out a slot; its pages go to the one after it.</summary>
    public void RemoveAt(int slot)
    {
        Count--;
        for (int i = slot; i < Count; i++) Set(i, Ends[i + 1], Items[i + 1], Gaps[i + 1]);
        Items[Count] = null;
    }

    /// <summary>Fills a slot and tells the item where it is.</summary>
    public void Set(int slot, ulong end, object? item, ulong gap)
    {
        Ends[slot] = end;
        Gaps[slot] = gap;
        Items[slot] = item;
        if (item is null) return;
        if (isLeaf) Unsafe.As<Vma>(item).IndexNode = this;
        else (Child(slot).Parent, Child(slot).Place) = (this, slot);
    }
}
