using System;
using System.Collections.Generic;

namespace Sim.Core.AddressSpaces.Indexes;

/// <summary>
/// The mappings of an address space in a doubly linked list by address and in an AVL tree by start, as in Linux 2.4.
/// <para>G. M. Adelson-Velsky, E. M. Landis, "An algorithm for the organization of information", 1962.</para>
/// </summary>
public sealed class VmaTree
{
    private Vma? _root;

    /// <summary>The mapping with the lowest address.</summary>
    public Vma? First { get; private set; }

    /// <summary>The mapping with the highest address.</summary>
    public Vma? Last { get; private set; }

    /// <summary>Mappings.</summary>
    public int Count { get; private set; }

    /// <summary>The first mapping that ends after <paramref name="page"/>: the one that holds it, or the next above it. Linux's find_vma.</summary>
    public Vma? Find(ulong page)
    {
        Vma? best = null;
        for (Vma? node = _root; node is not null;)
        {
            if (node.End > page)
            {
                best = node;
                if (node.Start <= page) break;
                node = node.Left;
            }
            else node = node.Right;
        }
        return best;
    }

    /// <summary>Adds a mapping that overlaps no other.</summary>
    public void Insert(Vma vma)
    {
        Vma? next = Find(vma.Start);
        Vma? previous = next is null ? Last : next.Previous;
        if ((next is not null && next.Start < vma.End) || (previous is not null && previous.End > vma.Start))
            throw new InvalidOperationException($"mapping {vma.Start:x}-{vma.End:x} overlaps another");
        vma.Previous = previous;
        vma.Next = next;
        if (previous is null) First = vma;
        else previous.Next = vma;
        if (next is null) Last = vma;
        else next.Previous = vma;
        _root = Insert(_root, vma);
        Count++;
    }

    /// <summary>Takes a mapping out.</summary>
    public void Remove(Vma vma)
    {
        if (vma.Previous is null) First = vma.Next;
        else vma.Previous.Next = vma.Next;
        if (vma.Next is null) Last = vma.Previous;
        else vma.Next.Previous = vma.Previous;
        _root = Remove(_root, vma);
        (vma.Left, vma.Right, vma.Previous, vma.Next, vma.Height) = (null, null, null, null, 1);
        Count--;
    }

    /// <summary>The mappings in address order.</summary>
    public IEnumerable<Vma> All()
    {
        for (Vma? vma = First; vma is not null; vma = vma.Next) yield return vma;
    }

    /// <summary>Throws when list and tree differ, mappings overlap, or the tree is out of balance.</summary>
    public void CheckInvariants()
    {
        Vma? expected = First;
        int found = 0;
        Check(_root);
        if (found != Count || expected is not null) throw new InvalidOperationException($"{found} mappings in the tree, {Count} counted");

        int Check(Vma? node)
        {
            if (node is null) return 0;
            int left = Check(node.Left);
            if (!ReferenceEquals(node, expected)) throw new InvalidOperationException($"tree and list differ at {node.Start:x}");
            if (node.Start >= node.End || (node.Next is { } next && next.Start < node.End))
                throw new InvalidOperationException($"mapping {node.Start:x}-{node.End:x} is empty or overlaps its successor");
            expected = node.Next;
            found++;
            int right = Check(node.Right);
            if (Math.Abs(left - right) > 1 || node.Height != Math.Max(left, right) + 1)
                throw new InvalidOperationException($"the tree is out of balance at {node.Start:x}");
            return node.Height;
        }
    }

    private static Vma Insert(Vma? node, Vma vma)
    {
        if (node is null) return vma;
        if (vma.Start < node.Start) node.Left = Insert(node.Left, vma);
        else node.Right = Insert(node.Right, vma);
        return Balance(node);
    }

    private static Vma? Remove(Vma? node, Vma vma)
    {
        if (node is null) throw new InvalidOperationException($"mapping {vma.Start:x}-{vma.End:x} is not in the tree");
        if (ReferenceEquals(node, vma))
        {
            if (node.Left is null) return node.Right;
            if (node.Right is null) return node.Left;
            Vma successor = node.Right;
            while (successor.Left is not null) successor = successor.Left;
            Vma? right = Remove(node.Right, successor);
            (successor.Left, successor.Right) = (node.Left, right);
            return Balance(successor);
        }
        if (vma.Start < node.Start) node.Left = Remove(node.Left, vma);
        else node.Right = Remove(node.Right, vma);
        return Balance(node);
    }

    private static Vma Balance(Vma node)
    {
        int lean = HeightOf(node.Left) - HeightOf(node.Right);
        if (lean > 1)
        {
            if (HeightOf(node.Left!.Left) < HeightOf(node.Left.Right)) node.Left = RotateLeft(node.Left);
            return RotateRight(node);
        }
        if (lean < -1)
        {
            if (HeightOf(node.Right!.Right) < HeightOf(node.Right.Left)) node.Right = RotateRight(node.Right);
            return RotateLeft(node);
        }
        return Measure(node);
    }

    private static Vma RotateRight(Vma node)
    {
        Vma root = node.Left!;
        node.Left = root.Right;
        root.Right = Measure(node);
        return Measure(root);
    }

    private static Vma RotateLeft(Vma node)
    {
        Vma root = node.Right!;
        node.Right = root.Left;
        root.Left = Measure(node);
        return Measure(root);
    }

    private static Vma Measure(Vma node)
    {
        node.Height = Math.Max(HeightOf(node.Left), HeightOf(node.Right)) + 1;
        return node;
    }

    private static int HeightOf(Vma? node) => node?.Height ?? 0;
}
