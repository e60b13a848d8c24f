using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// Where the reverse map of anonymous pages begins: all mappings, in any process, that may hold pages of one origin. A forked child's mapping is
/// linked to its parent's and to one of its own, so that pages of both are found (R. van Riel's anon_vma_chain, Linux 2.6.34).
/// <code>
///   parent's mapping --link--> A                      A: root, no parent but itself
///   child's mapping  --link--> A, --link--> B         B: parent A, root A
/// </code>
/// </summary>
public sealed class AnonVma
{
    internal AnonVma(AnonVma? parent, KernelAddress address)
    {
        Object = address;
        Parent = parent ?? this;
        Root = parent?.Root ?? this;
    }

    /// <summary>Where it lies.</summary>
    internal KernelAddress Object { get; }

    /// <summary>The one at the top of its tree, whose lock serves all of it.</summary>
    public AnonVma Root { get; }

    /// <summary>The one that it was forked from; a root is its own parent.</summary>
    public AnonVma Parent { get; }

    /// <summary>Those forked from it that still have links; a root counts itself.</summary>
    public int Children { get; internal set; }

    /// <summary>Mappings that allocate new pages to it.</summary>
    public int ActiveVmas { get; internal set; }

    /// <summary>Mappings that are linked to it: anon_vma_chain objects.</summary>
    public int Links { get; internal set; }

    /// <summary>Itself while it is linked, and each descendant that is not freed: the root outlives them all.</summary>
    internal int References = 1;
}
