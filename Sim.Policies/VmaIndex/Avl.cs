using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.VmaIndex;

/// <summary>
/// A height-balanced tree by start address whose nodes lie in the mappings, and the mapping found last, which is tried first, as in Linux 2.0 to 2.4.9. Free
/// space is found along the list. Deviation: Linux made the tree only once a process had 32 mappings.
/// <para>G. M. Adelson-Velsky, E. M. Landis, "An algorithm for the organization of information", Soviet Mathematics Doklady 3, 1962.</para>
/// </summary>
[Paper("A height-balanced tree by start address, nodes in the mappings, and a cache of the last hit; free space is found along the list.",
    "G. M. Adelson-Velsky, E. M. Landis, An algorithm for the organization of information, Soviet Mathematics Doklady 3, 1962")]
public sealed class Avl : IPolicy<Avl, LastHitOptions>, IVmaIndex
{
    private readonly LastHits _lastHits;
    private VmaList _list = null!;
    private Node? _root;
    private VmaIndexTally _tally;

    private Avl(int cache) => _lastHits = new LastHits(cache);

    public static string Name => "vma-index/avl";

    public KernelObject? NodeKind => null;

    public VmaIndexWork Work => _tally.Work;

    public static Avl Create(LastHitOptions options, PolicyContext context) => new(options.Cache);

    public void Attach(VmaList list) => _list = list;

    public Vma? Find(ulong page) => _lastHits.Find(page, ref _tally) ?? _lastHits.Remember(page, Descend(page));

    public void OnInsert(Vma vma)
    {
        var node = new Node(vma);
        vma.IndexNode = node;
        _root = Insert(_root, node);
    }

    public void OnRemove(Vma vma)
    {
        _lastHits.Forget(vma);
        _root = Remove(_root, (Node)vma.IndexNode!);
    }

    public void OnMove(Vma vma, ulong oldStart, ulong oldEnd) => ((Node)vma.IndexNode!).CopyBounds();

    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) =>
        GapWalk.TryFindLowest(Descend(low), low, high, pages, ref _tally, out start);

    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start) =>
        GapWalk.TryFindHighest(GapWalk.LastBefore(_list, Descend(high), high), low, high, pages, ref _tally, out start);

    public void CheckInvariants()
    {
        Vma? expected = _list.First;
        _lastHits.CheckInvariants(_list);
        Check(_root);
        if (expected is not null) throw new InvalidOperationException($"mapping {expected.Start:x} is not in the tree");

        int Check(Node? node)
        {
            if (node is null) return 0;
            int left = Check(node.Left);
            if (!ReferenceEquals(node.Vma, expected) || node.Start != node.Vma.Start || node.End != node.Vma.End) throw new InvalidOperationException($"tree and list differ at {node.Vma.Start:x}");
            expected = node.Vma.Next;
            int right = Check(node.Right);
            if (Math.Abs(left - right) > 1 || node.Height != Math.Max(left, right) + 1)
                throw new InvalidOperationException($"the tree is out of balance at {node.Vma.Start:x}");
            return node.Height;
        }
    }

    private Vma? Descend(ulong page)
    {
        Vma? best = null;
        for (Node? node = _root; node is not null;)
        {
            _tally.Visits++;
            _tally.Comparisons++;
            if (node.End > page)
            {
                best = node.Vma;
                _tally.Comparisons++;
                if (node.Start <= page) break;
                node = node.Left;
            }
            else node = node.Right;
        }
        return best;
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
        _tally.Visits++;
        _tally.Comparisons++;
        return node.Start < at.Start;
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

    /// <summary>The mapping's bounds are copied here: the way down the tree then reads one object of the host a node, not two.</summary>
    private sealed class Node
    {
        public readonly Vma Vma;
        public Node? Left;
        public Node? Right;
        public ulong Start;
        public ulong End;
        public int Height = 1;

        public Node(Vma vma)
        {
            Vma = vma;
            CopyBounds();
        }

        public void CopyBounds() => (Start, End) = (Vma.Start, Vma.End);
    }
}
