using System;
using System.Runtime.CompilerServices;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaIndex;

/// <summary>
/// A height-balanced tree by start address whose nodes lie in the mappings, as in Linux 2.0 to 2.4.9. Free space is found by walking the list.
/// <para>G. M. Adelson-Velsky, E. M. Landis, "An algorithm for the organization of information", Soviet Mathematics Doklady 3, 1962.</para>
/// </summary>
[Paper("A height-balanced tree by start address, nodes in the mappings; free space is found along the list.",
    "G. M. Adelson-Velsky, E. M. Landis, An algorithm for the organization of information, Soviet Mathematics Doklady 3, 1962")]
public sealed class Avl : IPolicy<Avl, NoOptions>, IVmaIndex
{
    private VmaList _list = null!;
    private Node? _root;
    private long _comparisons;
    private long _visits;

    private Avl()
    {
    }

    public static string Name => "vma-index/avl";

    public VmaIndexWork Work => new(_comparisons, _visits, 0, 0);

    public static Avl Create(NoOptions options, PolicyContext context) => new();

    public void Attach(VmaList list) => _list = list;

    public Vma? Find(ulong page)
    {
        Vma? best = null;
        for (Node? node = _root; node is not null;)
        {
            _visits++;
            _comparisons++;
            if (node.Vma.End > page)
            {
                best = node.Vma;
                _comparisons++;
                if (best.Start <= page) break;
                node = node.Left;
            }
            else node = node.Right;
        }
        return best;
    }

    public void OnInsert(Vma vma)
    {
        var node = new Node(vma);
        vma.IndexNode = node;
        _root = Insert(_root, node);
    }

    public void OnRemove(Vma vma) => _root = Remove(_root, Unsafe.As<Node>(vma.IndexNode!));

    public void OnMove(Vma vma, ulong oldStart, ulong oldEnd)
    {
    }

    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start)
    {
        start = low;
        for (Vma? vma = Find(low); ; vma = vma.Next)
        {
            ulong end = Math.Min(vma?.Start ?? high, high);
            _visits++;
            _comparisons++;
            if (end > start && end - start >= pages) return true;
            if (vma is null || vma.End >= high) return false;
            start = Math.Max(start, vma.End);
        }
    }

    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start)
    {
        start = 0;
        if (high <= low) return false;
        Vma? above = Find(high - 1);
        ulong end = above is not null && above.Start < high ? above.Start : high;
        for (Vma? vma = _list.Before(above); ; vma = vma.Previous)
        {
            ulong from = Math.Max(vma?.End ?? low, low);
            _visits++;
            _comparisons++;
            if (end > from && end - from >= pages)
            {
                start = end - pages;
                return true;
            }
            if (vma is null || vma.Start <= low) return false;
            end = vma.Start;
        }
    }

    public void CheckInvariants()
    {
        Vma? expected = _list.First;
        Check(_root);
        if (expected is not null) throw new InvalidOperationException($"mapping {expected.Start:x} is not in the tree");

        int Check(Node? node)
        {
            if (node is null) return 0;
            int left = Check(node.Left);
            if (!ReferenceEquals(node.Vma, expected)) throw new InvalidOperationException($"tree and list differ at {node.Vma.Start:x}");
            expected = node.Vma.Next;
            int right = Check(node.Right);
            if (Math.Abs(left - right) > 1 || node.Height != Math.Max(left, right) + 1)
                throw new InvalidOperationException($"the tree is out of balance at {node.Vma.Start:x}");
            return node.Height;
        }
    }

    private Node Insert(Node? at, Node node)
    {
        if (at is null) return node;
        if (IsBefore(node, at)) at.Left = Insert(at.Left, node);
        else at.Right = Insert(at.Right, node);
        return Balance(at);
    }

    private Node? Remove(Node? at, Node node)
    {
        if (at is null) throw new InvalidOperationException($"mapping {node.Vma.Start:x}-{node.Vma.End:x} is not in the tree");
        if (ReferenceEquals(at, node))
        {
            if (at.Left is null) return at.Right;
            if (at.Right is null) return at.Left;
            Node successor = at.Right;
            while (successor.Left is not null) successor = successor.Left;
            Node? right = Remove(at.Right, successor);
            (successor.Left, successor.Right) = (at.Left, right);
            return Balance(successor);
        }
        if (IsBefore(node, at)) at.Left = Remove(at.Left, node);
        else at.Right = Remove(at.Right, node);
        return Balance(at);
    }

    private bool IsBefore(Node node, Node at)
    {
        _visits++;
        _comparisons++;
        return node.Vma.Start < at.Vma.Start;
    }

    private static Node Balance(Node node)
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

    private static Node RotateRight(Node node)
    {
        Node root = node.Left!;
        node.Left = root.Right;
        root.Right = Measure(node);
        return Measure(root);
    }

    private static Node RotateLeft(Node node)
    {
        Node root = node.Right!;
        node.Right = root.Left;
        root.Left = Measure(node);
        return Measure(root);
    }

    private static Node Measure(Node node)
    {
        node.Height = Math.Max(HeightOf(node.Left), HeightOf(node.Right)) + 1;
        return node;
    }

    private static int HeightOf(Node? node) => node?.Height ?? 0;

    private sealed class Node(Vma vma)
    {
        public readonly Vma Vma = vma;
        public Node? Left;
        public Node? Right;
        public int Height = 1;
    }
}
