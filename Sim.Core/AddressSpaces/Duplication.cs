using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>How fork copies an address space: dup_mmap of mm/mmap.c, Linux 6.18. Locks and limits on them are not inherited.</summary>
public sealed class Duplication
{
    private readonly AddressSpaceParts _parts;

    internal Duplication(AddressSpaceParts parts) => _parts = parts;

    /// <summary>
    /// Gives an empty address space a copy of each mapping, but those that are not to be copied. False when memory or the commit limit did not allow
    /// it; the child then holds what had been copied, which its exit gives back.
    /// </summary>
    public bool TryDuplicate(Mm parent, Mm child, IForkedPages pages, ICharge payer)
    {
        (child.HeapStart, child.Break, child.MmapBase, child.StackStart) = (parent.HeapStart, parent.Break, parent.MmapBase, parent.StackStart);
        (child.Code, child.Data, child.Limits) = (parent.Code, parent.Data, parent.Limits);
        child.DefaultFlags = parent.DefaultFlags & VmaFlags.NoHugePage;
        for (Vma? vma = parent.Vmas.First; vma is not null; vma = vma.Next)
        {
            if (!vma.Has(VmaFlags.DontCopy) && !TryCopy(parent, vma, child, pages, payer)) return false;
        }
        return true;
    }

    private bool TryCopy(Mm parent, Vma vma, Mm child, IForkedPages pages, ICharge payer)
    {
        bool isAccounted = vma.Has(VmaFlags.Account);
        if (isAccounted && !_parts.Commit.TryCommit(parent, vma.Pages)) return false;
        var change = new VmaChange
        {
            Kind = MergeKind.NewRange,
            Start = vma.Start,
            End = vma.End,
            Flags = vma.Flags & ~VmaFlags.LockedMask,
            File = vma.File,
            PageOffset = vma.PageOffset,
        };
        if (_parts.Changes.TryInsert(child, change, payer) is not { } copy)
        {
            if (isAccounted) _parts.Commit.Uncommit(vma.Pages);
            return false;
        }
        child.AddMapped(copy.Flags, (long)copy.Pages);
        if (vma.Has(VmaFlags.WipeOnFork)) return true;
        return _parts.AnonVmas.TryFork(copy, vma, payer) && pages.TryCopy(parent, vma, child, copy, payer);
    }
}
