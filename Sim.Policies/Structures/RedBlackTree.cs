using System;
using Sim.Core.AddressSpaces;

namespace Sim.Policies.Structures;

/// <summary>
/// Mappings in a red-black tree by address: the root is black, a red node has black children, and every way down passes as many black nodes. With gaps,
/// each node knows the largest gap of its subtree. All absent children are one black sentinel.
/// <para>R. Bayer, "Symmetric binary B-trees: data structure and maintenance algorithms", Acta Informatica 1, 1972; L. J. Guibas, R. Sedgewick, "A dichromatic
/// framework for balanced trees", FOCS 1978; in the form of T. H. Cormen et al., "Introduction to Algorithms", chapter 13.</para>
/// </summary>
public sealed class RedBlackTree
{
    private readonly RedBlackNode _none = new(null!);
    private readonly bool _hasGaps;
    private RedBlackNode _root;

    /// <summary>What was done so far.</summary>
    public VmaIndexTally Tally;

    public RedBlackTree(bool hasGaps)
    {
        _hasGaps = hasGaps;
        _root = _none;
        _none.Left = _none.Right = _none.Parent = _none;
    }

    /// <inheritdoc cref="IVmaIndex.Find"/>
    public Vma? Find(ulong page)
    {
        Vma? best = null;
        for (RedBlackNode node = _root; node != _none;)
        {
            Vma vma = node.Vma;
            Tally.Visits++;
            Tally.Comparisons++;
            if (vma.End > page)
            {
                best = vma;
                Tally.Comparisons++;
                if (vma.Start <= page) break;
                node = node.Left;
            }
            else node = node.Right;
        }
        return best;
    }

    /// <summary>Adds a mapping that is linked into the list.</summary>
    public void Insert(Vma vma)
    {
        var node = new RedBlackNode(vma) { Left = _none, Right = _none, IsRed = true };
        vma.IndexNode = node;
        RedBlackNode parent = _none;
        for (RedBlackNode at = _root; at != _none;)
        {
            Tally.Visits++;
            Tally.Comparisons++;
            parent = at;
            at = vma.Start < at.Vma.Start ? at.Left : at.Right;
        }
        node.Parent = parent;
        if (parent == _none) _root = node;
        else if (vma.Start < parent.Vma.Start) parent.Left = node;
        else parent.Right = node;
        if (_hasGaps)
        {
            MeasureGap(vma);
            if (vma.Next is { } next) MeasureGap(next);
        }
        RepairRed(node);
    }

    /// <summary>Takes a mapping out that is still linked into the list.</summary>
    public void Remove(Vma vma)
    {
        RedBlackNode node = Of(vma);
        RedBlackNode gone = node, child;
        if (node.Left != _none && node.Right != _none)
        {
            gone = node.Right;
            while (gone.Left != _none)
            {
                Tally.Visits++;
                gone = gone.Left;
            }
        }
        bool wasBlack = !gone.IsRed;
        child = gone.Left != _none ? gone.Left : gone.Right;
        RedBlackNode lowest = gone.Parent;
        Replace(gone, child);
        if (gone != node)
        {
            // The successor takes the node's place and colour.
            if (lowest == node) lowest = gone;
            if (child.Parent == node) child.Parent = gone;
            (gone.Left, gone.Right, gone.IsRed) = (node.Left, node.Right, node.IsRed);
            gone.Left.Parent = gone.Right.Parent = gone;
            Replace(node, gone);
            if (child == _none) child.Parent = lowest;
        }
        if (_hasGaps)
        {
            for (RedBlackNode up = lowest; up != _none; up = up.Parent) Summarise(up);
            if (vma.Next is { } next) SetGap(Of(next), next.Start - (vma.Previous?.End ?? 0));
        }
        if (wasBlack) RepairBlack(child);
        _none.Parent = _none;
    }

    /// <summary>The gap below a mapping, and that below the next, after its boundaries have moved.</summary>
    public void OnMove(Vma vma)
    {
        MeasureGap(vma);
        if (vma.Next is { } next) MeasureGap(next);
    }

    /// <summary>The lowest gap of that many pages in [low, high), of those below a mapping.</summary>
    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) => TryFindLowest(_root, low, high, pages, out start);

    /// <summary>The highest such gap.</summary>
    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start) => TryFindHighest(_root, low, high, pages, out start);

    /// <summary>Throws where order, colours, links or gaps do not hold.</summary>
    public void CheckInvariants(VmaList list)
    {
        Vma? expected = list.First;
        if (_root.IsRed || _none.IsRed) throw new InvalidOperationException("the root or the sentinel is red");
        Check(_root, _none);
        if (expected is not null) throw new InvalidOperationException($"mapping {expected.Start:x} is not in the tree");

        int Check(RedBlackNode node, RedBlackNode parent)
        {
            if (node == _none) return 1;
            if (node.Parent != parent || !ReferenceEquals(node.Vma.IndexNode, node)) throw new InvalidOperationException($"links are broken at {node.Vma.Start:x}");
            int left = Check(node.Left, node);
            if (!ReferenceEquals(node.Vma, expected)) throw new InvalidOperationException($"tree and list differ at {node.Vma.Start:x}");
            expected = node.Vma.Next;
            int right = Check(node.Right, node);
            if (left != right) throw new InvalidOperationException($"{left} black nodes on the left of {node.Vma.Start:x}, {right} on the right");
            if (node.IsRed && (node.Left.IsRed || node.Right.IsRed)) throw new InvalidOperationException($"red {node.Vma.Start:x} has a red child");
            if (_hasGaps && (node.Gap != GapBelow(node.Vma) || node.LargestGap != LargestOf(node)))
                throw new InvalidOperationException($"gap {node.Gap} or largest gap {node.LargestGap} is wrong at {node.Vma.Start:x}");
            return left + (node.IsRed ? 0 : 1);
        }
    }

    private static RedBlackNode Of(Vma vma) => (RedBlackNode)vma.IndexNode!;

    private static ulong GapBelow(Vma vma) => vma.Start - (vma.Previous?.End ?? 0);

    private bool TryFindLowest(RedBlackNode node, ulong low, ulong high, ulong pages, out ulong start)
    {
        start = 0;
        if (node == _none) return false;
        Tally.Visits++;
        Tally.Comparisons++;
        if (node.LargestGap < pages) return false;
        ulong end = node.Vma.Start, from = end - node.Gap;
        if (from > low && TryFindLowest(node.Left, low, high, pages, out start)) return true;
        Tally.Comparisons++;
        start = Math.Max(from, low);
        if (Math.Min(end, high) is var limit && limit > start && limit - start >= pages) return true;
        return end < high && TryFindLowest(node.Right, low, high, pages, out start);
    }

    private bool TryFindHighest(RedBlackNode node, ulong low, ulong high, ulong pages, out ulong start)
    {
        start = 0;
        if (node == _none) return false;
        Tally.Visits++;
        Tally.Comparisons++;
        if (node.LargestGap < pages) return false;
        ulong end = node.Vma.Start, from = end - node.Gap;
        if (end < high && TryFindHighest(node.Right, low, high, pages, out start)) return true;
        Tally.Comparisons++;
        if (Math.Min(end, high) is var limit && Math.Max(from, low) is var first && limit > first && limit - first >= pages)
        {
            start = limit - pages;
            return true;
        }
        return from > low && TryFindHighest(node.Left, low, high, pages, out start);
    }

    /// <summary>A new red node: a red parent is mended upwards, by recolouring below a red uncle and by at most two rotations otherwise.</summary>
    private void RepairRed(RedBlackNode node)
    {
        while (node.Parent.IsRed)
        {
            RedBlackNode parent = node.Parent, grandparent = parent.Parent;
            bool isLeft = parent == grandparent.Left;
            RedBlackNode uncle = isLeft ? grandparent.Right : grandparent.Left;
            Tally.Visits += 2;
            if (uncle.IsRed)
            {
                parent.IsRed = uncle.IsRed = false;
                grandparent.IsRed = true;
                node = grandparent;
                continue;
            }
            if (node == (isLeft ? parent.Right : parent.Left))
            {
                Rotate(parent, isLeft);
                (node, parent) = (parent, node);
            }
            parent.IsRed = false;
            grandparent.IsRed = true;
            Rotate(grandparent, !isLeft);
        }
        _root.IsRed = false;
    }

    /// <summary>A black node is gone above <paramref name="node"/>: its side is short of one until a red node can be made black.</summary>
    private void RepairBlack(RedBlackNode node)
    {
        while (node != _root && !node.IsRed)
        {
            RedBlackNode parent = node.Parent;
            bool isLeft = node == parent.Left;
            RedBlackNode sibling = isLeft ? parent.Right : parent.Left;
            Tally.Visits += 2;
            if (sibling.IsRed)
            {
                sibling.IsRed = false;
                parent.IsRed = true;
                Rotate(parent, isLeft);
                sibling = isLeft ? parent.Right : parent.Left;
            }
            RedBlackNode near = isLeft ? sibling.Left : sibling.Right, far = isLeft ? sibling.Right : sibling.Left;
            if (!near.IsRed && !far.IsRed)
            {
                sibling.IsRed = true;
                node = parent;
                continue;
            }
            if (!far.IsRed)
            {
                near.IsRed = false;
                sibling.IsRed = true;
                Rotate(sibling, !isLeft);
                (far, sibling) = (sibling, near);
            }
            sibling.IsRed = parent.IsRed;
            parent.IsRed = far.IsRed = false;
            Rotate(parent, isLeft);
            node = _root;
        }
        node.IsRed = false;
    }

    /// <summary>
    /// <code>
    ///     node                  child
    ///    /    \     to left    /     \         the other way round with isLeft = false
    ///   a     child    =>    node     c
    ///         /   \         /    \
    ///        b     c       a      b
    /// </code>
    /// </summary>
    private void Rotate(RedBlackNode node, bool isLeft)
    {
        RedBlackNode child = isLeft ? node.Right : node.Left;
        RedBlackNode middle = isLeft ? child.Left : child.Right;
        Tally.Visits += 2;
        Replace(node, child);
        if (isLeft) (node.Right, child.Left) = (middle, node);
        else (node.Left, child.Right) = (middle, node);
        if (middle != _none) middle.Parent = node;
        node.Parent = child;
        if (!_hasGaps) return;
        child.LargestGap = node.LargestGap;
        Summarise(node);
    }

    /// <summary>Hangs <paramref name="other"/> where <paramref name="node"/> hangs.</summary>
    private void Replace(RedBlackNode node, RedBlackNode other)
    {
        if (node.Parent == _none) _root = other;
        else if (node == node.Parent.Left) node.Parent.Left = other;
        else node.Parent.Right = other;
        other.Parent = node.Parent;
    }

    private void MeasureGap(Vma vma) => SetGap(Of(vma), GapBelow(vma));

    /// <summary>Sets a gap and carries it upwards as far as it changes anything: vma_gap_update.</summary>
    private void SetGap(RedBlackNode node, ulong gap)
    {
        node.Gap = gap;
        Tally.Visits++;
        while (node != _none && Summarise(node)) node = node.Parent;
    }

    /// <summary>Whether the largest gap of the subtree changed.</summary>
    private bool Summarise(RedBlackNode node)
    {
        Tally.Visits++;
        Tally.Comparisons += 2;
        ulong largest = LargestOf(node);
        if (node.LargestGap == largest) return false;
        node.LargestGap = largest;
        return true;
    }

    private static ulong LargestOf(RedBlackNode node) => Math.Max(node.Gap, Math.Max(node.Left.LargestGap, node.Right.LargestGap));
}
