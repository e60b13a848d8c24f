using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// The rules by which mappings get, share, inherit and lose their anon_vmas: mm/rmap.c of Linux 6.18 (anon_vma_prepare, anon_vma_clone, anon_vma_fork,
/// unlink_anon_vmas). Where an object cannot be had nothing has changed.
/// </summary>
public sealed class AnonVmas(IKernelObjects objects)
{
    /// <summary>Before a mapping's first anonymous page: it gets a neighbour's anon_vma if it was once one mapping with it, or might become so; otherwise its own.</summary>
    public bool TryPrepare(Vma vma, ICharge payer)
    {
        if (vma.AnonVma is not null) return true;
        AnonVma? shared = Reusable(vma.Next, vma, vma.Next) ?? Reusable(vma.Previous, vma.Previous, vma);
        if (!objects.TryAllocate(KernelObject.AnonVmaChain, payer, out KernelAddress link)) return false;
        if (shared is null)
        {
            if (!objects.TryAllocate(KernelObject.AnonVma, payer, out KernelAddress own))
            {
                objects.Free(KernelObject.AnonVmaChain, payer, link);
                return false;
            }
            shared = new AnonVma(null, own) { Children = 1 };
        }
        vma.AnonVma = shared;
        Link(vma, shared, link);
        shared.ActiveVmas++;
        return true;
    }

    /// <summary>
    /// Links a mapping to all that another one is linked to. One that has no anon_vma of its own yet, a child's, takes over the first that no mapping
    /// uses any more and that has at most one child.
    /// </summary>
    public bool TryClone(Vma target, Vma source, ICharge payer)
    {
        for (int i = 0; i < source.AnonVmaLinks.Count; i++)
        {
            AnonVma linked = source.AnonVmaLinks[i].AnonVma;
            if (!objects.TryAllocate(KernelObject.AnonVmaChain, payer, out KernelAddress link))
            {
                // The target's anon_vma does not count the target yet, which unlinking would take off it.
                target.AnonVma = null;
                Unlink(target, payer);
                return false;
            }
            Link(target, linked, link);
            if (target.AnonVma is null && source.AnonVma is not null && linked.Children < 2 && linked.ActiveVmas == 0) target.AnonVma = linked;
        }
        if (target.AnonVma is { } own) own.ActiveVmas++;
        return true;
    }

    /// <summary>
    /// Before a mapping takes over pages of another one: it gets the other's anon_vma and links, if it has none (dup_anon_vma). One that has its own
    /// already has the same, unless the merge policy ignores anon_vmas; it is then linked to the other's too.
    /// </summary>
    public bool TryShare(Vma target, Vma source, ICharge payer)
    {
        if (source.AnonVma is null || ReferenceEquals(source.AnonVma, target.AnonVma)) return true;
        if (target.AnonVma is null)
        {
            target.AnonVma = source.AnonVma;
            return TryClone(target, source, payer);
        }
        foreach ((AnonVma linked, _) in source.AnonVmaLinks)
        {
            if (target.AnonVmaLinks.Exists(link => ReferenceEquals(link.AnonVma, linked))) continue;
            if (!objects.TryAllocate(KernelObject.AnonVmaChain, payer, out KernelAddress link)) return false;
            Link(target, linked, link);
        }
        return true;
    }

    /// <summary>Gives a child's copy of a mapping the links of the parent's and an anon_vma for the pages that it will make its own.</summary>
    public bool TryFork(Vma child, Vma parent, ICharge payer)
    {
        child.AnonVma = null;
        if (parent.AnonVma is not { } origin) return true;
        if (!TryClone(child, parent, payer)) return false;
        if (child.AnonVma is not null) return true;
        if (!objects.TryAllocate(KernelObject.AnonVma, payer, out KernelAddress address))
        {
            Unlink(child, payer);
            return false;
        }
        if (!objects.TryAllocate(KernelObject.AnonVmaChain, payer, out KernelAddress link))
        {
            objects.Free(KernelObject.AnonVma, payer, address);
            Unlink(child, payer);
            return false;
        }
        var own = new AnonVma(origin, address) { ActiveVmas = 1 };
        own.Root.References++;
        origin.Children++;
        child.AnonVma = own;
        Link(child, own, link);
        return true;
    }

    /// <summary>Takes a mapping off every anon_vma; those that nothing is linked to any more go.</summary>
    public void Unlink(Vma vma, ICharge payer)
    {
        for (int i = vma.AnonVmaLinks.Count - 1; i >= 0; i--)
        {
            (AnonVma linked, KernelAddress link) = vma.AnonVmaLinks[i];
            objects.Free(KernelObject.AnonVmaChain, payer, link);
            if (--linked.Links == 0) linked.Parent.Children--;
        }
        if (vma.AnonVma is { } own) own.ActiveVmas--;
        vma.AnonVma = null;
        for (int i = vma.AnonVmaLinks.Count - 1; i >= 0; i--)
        {
            if (vma.AnonVmaLinks[i].AnonVma is { Links: 0 } unused) Put(unused, payer);
        }
        vma.AnonVmaLinks.Clear();
    }

    private void Put(AnonVma anonVma, ICharge payer)
    {
        if (--anonVma.References > 0) return;
        objects.Free(KernelObject.AnonVma, payer, anonVma.Object);
        if (!ReferenceEquals(anonVma.Root, anonVma)) Put(anonVma.Root, payer);
    }

    private static void Link(Vma vma, AnonVma anonVma, KernelAddress link)
    {
        vma.AnonVmaLinks.Add(new AnonVmaLink(anonVma, link));
        anonVma.Links++;
    }

    /// <summary>
    /// The anon_vma of <paramref name="owner"/>, if it and its neighbour differ in nothing but the access they allow, and it was not inherited: pieces that
    /// mprotect cut then share one, and can be joined again.
    /// </summary>
    private static AnonVma? Reusable(Vma? owner, Vma? left, Vma? right)
    {
        if (owner?.AnonVma is not { } anonVma || owner.AnonVmaLinks.Count != 1) return null;
        bool isCompatible = left!.End == right!.Start && ReferenceEquals(left.File, right.File)
            && ((left.Flags ^ right.Flags) & ~VmaFlags.AccessMask) == 0 && right.PageOffset == left.PageOffset + left.Pages;
        return isCompatible ? anonVma : null;
    }
}
