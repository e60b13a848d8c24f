using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>How fork copies an address space: dup_mmap of mm/mmap.c, Linux 6.18. Locks and limits on them are not inherited.</summary>
public sealed class Duplication
{
    private readonly AddressSpaceParts _parts;

    internal Duplication(AddressSpaceParts parts) => _parts = parts;

    /// <summary>
    /// Gives an empty address space a copy of each mapping, but those that are not to be copied; called again after a wait. When memory or the commit limit
    /// does not allow it, the child holds what had been copied, which its exit gives back.
    /// </summary>
    /// <remarks>While it waits, other threads may change the parent's mappings: it goes on by address, with what is there then.</remarks>
    public ForkOutcome Continue(ForkInProgress fork, IForkedPages pages, ICharge payer)
    {
        Mm parent = fork.Parent, child = fork.Child;
        Vma? vma = parent.Vmas.First;
        if (fork.Page == 0) Begin(parent, child);
        else
        {
            while (vma is not null && vma.End <= fork.Page) vma = vma.Next;
        }
        for (; vma is not null; vma = vma.Next)
        {
            ForkOutcome outcome = vma.Has(VmaFlags.DontCopy) ? ForkOutcome.Done : Copy(fork, vma, pages, payer);
            if (outcome != ForkOutcome.Done) return outcome;
            fork.Target = null;
            fork.Page = vma.End;
        }
        return ForkOutcome.Done;
    }

    private static void Begin(Mm parent, Mm child)
    {
        (child.HeapStart, child.Break, child.MmapBase, child.StackStart) = (parent.HeapStart, parent.Break, parent.MmapBase, parent.StackStart);
        (child.Code, child.Data, child.Limits) = (parent.Code, parent.Data, parent.Limits);
        child.DefaultFlags = parent.DefaultFlags & VmaFlags.NoHugePage;
    }

    private ForkOutcome Copy(ForkInProgress fork, Vma vma, IForkedPages pages, ICharge payer)
    {
        if (fork.Target is { } target)
        {
            // What lay there has changed beyond recognition: the child keeps what it has of it.
            bool isSame = target.Start <= vma.Start && vma.End <= target.End && ReferenceEquals(vma.File, target.File)
                && ((vma.Flags ^ target.Flags) & ~VmaFlags.LockedMask) == 0;
            return isSame ? pages.Copy(fork, vma, target, payer) : ForkOutcome.Done;
        }
        // The rest of a mapping that had changed, which the child has a copy of already.
        if (vma.Start < fork.Page) return ForkOutcome.Done;
        if (TryCopyMapping(fork.Parent, vma, fork.Child, payer) is not { } copy) return ForkOutcome.OutOfMemory;
        if (vma.Has(VmaFlags.WipeOnFork)) return ForkOutcome.Done;
        if (!_parts.AnonVmas.TryFork(copy, vma, payer)) return ForkOutcome.OutOfMemory;
        fork.Target = copy;
        fork.Page = vma.Start;
        return pages.Copy(fork, vma, copy, payer);
    }

    private Vma? TryCopyMapping(Mm parent, Vma vma, Mm child, ICharge payer)
    {
        bool isAccounted = vma.Has(VmaFlags.Account);
        if (isAccounted && !_parts.Commit.TryCommit(parent, vma.Pages)) return null;
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
            return null;
        }
        child.AddMapped(copy.Flags, (long)copy.Pages);
        return copy;
    }
}
