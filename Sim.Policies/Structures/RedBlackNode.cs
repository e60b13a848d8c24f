using Sim.Core.AddressSpaces;

namespace Sim.Policies.Structures;

/// <summary>A mapping's place in a <see cref="RedBlackTree"/>; it lies inside of the mapping, as rb_node in vm_area_struct, and is no allocation of its own.</summary>
internal sealed class RedBlackNode(Vma vma)
{
    public readonly Vma Vma = vma;
    public RedBlackNode Left = null!, Right = null!, Parent = null!;
    public bool IsRed;

    /// <summary>Free pages between the mapping before and this one.</summary>
    public ulong Gap;

    /// <summary>The largest <see cref="Gap"/> in the subtree: rb_subtree_gap.</summary>
    public ulong LargestGap;
}
