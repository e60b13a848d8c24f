namespace Sim.Policies.Structures;

/// <summary>
/// The nodes of a <see cref="MapleTree"/>, whatever their ranges mean: keeps each between its fewest and its most slots, ends and largest gaps right upwards, and
/// counts what that takes.
/// </summary>
internal sealed class MapleNodes
{
    /// <summary>What was done so far.</summary>
    public VmaIndexTally Tally;

    /// <summary>One free range, for which no node is allocated.</summary>
    public MapleNodes() => Root.Set(0, ulong.MaxValue, null, 0);

    /// <summary>The root; a leaf at first.</summary>
    public MapleNode Root { get; private set; } = new(isLeaf: true) { Count = 1 };

    /// <summary>Moves the end of a node's last slot, and of every slot above it that ends there.</summary>
    public void SetEnd(MapleNode node, ulong end)
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
    public void Settle(MapleNode node, bool isChanged)
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
            Root = new MapleNode(isLeaf: false);
            Root.Insert(0, ulong.MaxValue, node);
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
        MapleNode old = Root;
        Root = old.Child(0);
        Root.Parent = null;
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
}
