using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.VmaIndex;

/// <summary>
/// A B-tree of ranges with Linux's fan-out: leaves of 16 ranges, branches of 10 with the largest gap below each, nodes of 256 bytes that are allocated, and
/// copied when they change. Fewer nodes lie on the way down than in a binary tree, and more comparisons are made in each.
/// <para>L. Howlett, M. Wilcox, "Introducing the Maple Tree", Linux 6.1, 2022: lib/maple_tree.c.</para>
/// </summary>
[Paper("B-tree of ranges, 16 to a leaf and 10 to a branch with gaps; nodes are allocated, and copied when they change.",
    "L. Howlett, M. Wilcox, Introducing the Maple Tree, Linux 6.1, 2022")]
public sealed class Maple : IPolicy<Maple, NoOptions>, IVmaIndex
{
    private readonly MapleTree _tree = new();
    private VmaList _list = null!;

    private Maple()
    {
    }

    public static string Name => "vma-index/maple";

    /// <summary>Levels of the tree, leaves included.</summary>
    public int Depth => _tree.Depth;

    public KernelObject? NodeKind => KernelObject.MapleNode;

    public VmaIndexWork Work => _tree.Tally.Work;

    public static Maple Create(NoOptions options, PolicyContext context) => new();

    public void Attach(VmaList list) => _list = list;

    public Vma? Find(ulong page) => _tree.Find(page);

    public void OnInsert(Vma vma) => _tree.Insert(vma);

    public void OnRemove(Vma vma) => _tree.Remove(vma);

    public void OnMove(Vma vma, ulong oldStart, ulong oldEnd) => _tree.OnMove(vma);

    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) => _tree.TryFindLowestGap(low, high, pages, out start);

    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start) => _tree.TryFindHighestGap(low, high, pages, out start);

    public void CheckInvariants() => _tree.CheckInvariants(_list);
}
