using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>
/// mprotect: do_mprotect_pkey and mprotect_fixup, Linux 6.18. Mapping by mapping in ascending order; what was changed before an error stays changed.
/// </summary>
internal sealed class Protecting(AddressSpaceParts parts)
{
    /// <summary>Gives [address, address + bytes) another access.</summary>
    public long Call(Mm mm, ulong address, ulong bytes, Protection protection, ICharge payer)
    {
        payer.Charge(Cost.ProtectBase);
        if (AddressSpaceLayout.IsUnaligned(address)) return SystemError.EINVAL.AsResult();
        if (bytes == 0) return 0;
        ulong start = address >> 12, pages = AddressSpaceLayout.PagesOf(bytes);
        ulong end = start + pages;
        if (pages == 0 || end > 1UL << 52) return SystemError.ENOMEM.AsResult();
        Vma? vma = mm.Vmas.Find(start);
        if (vma is null || vma.Start > start) return SystemError.ENOMEM.AsResult();
        ulong reached = start;
        while (vma is not null && vma.Start < end)
        {
            if (vma.Start > reached) return SystemError.ENOMEM.AsResult();
            VmaFlags flags = (VmaFlags)protection | (vma.Flags & ~VmaFlags.AccessMask);
            if ((flags & ~((VmaFlags)((uint)flags >> 4)) & VmaFlags.AccessMask) != 0) return SystemError.EACCES.AsResult();
            SystemError error = Fix(mm, ref vma, reached, ulong.Min(vma.End, end), flags, payer);
            if (error != 0) return error.AsResult();
            reached = vma.End;
            vma = vma.Next;
        }
        return reached < end ? SystemError.ENOMEM.AsResult() : 0;
    }

    /// <summary>
    /// Changes the part of one mapping: mprotect_fixup. Private memory that becomes writable is committed; anonymous memory that ceases to be, and of
    /// which nothing was ever touched, is given back.
    /// </summary>
    private SystemError Fix(Mm mm, ref Vma vma, ulong start, ulong end, VmaFlags flags, ICharge payer)
    {
        VmaFlags old = vma.Flags;
        if (flags == old) return 0;
        ulong pages = end - start;
        ulong committed = 0;
        if ((flags & VmaFlags.Write) != 0)
        {
            if (!mm.MayExpand(flags, pages) && mm.MayExpand(old, pages)) return SystemError.ENOMEM;
            if ((old & (VmaFlags.Account | VmaFlags.Write | VmaFlags.HugeTlb | VmaFlags.Shared | VmaFlags.NoReserve)) == 0)
            {
                if (!parts.Commit.TryCommit(mm, pages)) return SystemError.ENOMEM;
                committed = pages;
                flags |= VmaFlags.Account;
            }
        }
        else if ((old & VmaFlags.Account) != 0 && vma.IsAnonymous && vma.AnonVma is null) flags &= ~VmaFlags.Account;
        VmaChange change = VmaChange.Of(MergeKind.Change, vma, start, end, flags);
        if (parts.Changes.Modify(mm, ref change, payer) is not { } changed)
        {
            parts.Commit.Uncommit(committed);
            return SystemError.ENOMEM;
        }
        vma = changed;
        vma.Flags = flags;
        parts.Pages.Protect(mm, start, end, flags, payer);
        if ((old & VmaFlags.Account) != 0 && (flags & VmaFlags.Account) == 0) parts.Commit.Uncommit(pages);
        bool breaksCopies = (old & (VmaFlags.Write | VmaFlags.Shared | VmaFlags.Locked)) == VmaFlags.Locked && (flags & VmaFlags.Write) != 0;
        if (breaksCopies) parts.Population.PopulateMapping(mm, vma, start, end, payer, waits: true);
        mm.AddMapped(old, -(long)pages);
        mm.AddMapped(flags, (long)pages);
        return 0;
    }
}
