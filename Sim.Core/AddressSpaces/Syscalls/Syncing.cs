using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>msync and mincore: mm/msync.c and mm/mincore.c of Linux 6.18, as far as mappings decide.</summary>
internal sealed class Syncing(AddressSpaceParts parts)
{
    /// <summary>msync. Holes are passed over and make it ENOMEM in the end, with MS_ASYNC alone at once.</summary>
    public long Synchronise(Mm mm, ulong address, ulong bytes, SyncFlags flags, ICharge payer)
    {
        payer.Charge(Cost.AdviseBase);
        const SyncFlags known = SyncFlags.Async | SyncFlags.Invalidate | SyncFlags.Sync;
        const SyncFlags both = SyncFlags.Async | SyncFlags.Sync;
        if ((flags & ~known) != 0 || AddressSpaceLayout.IsUnaligned(address) || (flags & both) == both) return SystemError.EINVAL.AsResult();
        ulong pages = AddressSpaceLayout.PagesOf(bytes), start = address >> 12, end = start + pages;
        if ((bytes != 0 && pages == 0) || end > 1UL << 52) return SystemError.ENOMEM.AsResult();
        bool hasHole = false;
        for (Vma? vma = mm.Vmas.Find(start); start < end; vma = vma.Next)
        {
            if (vma is null) return SystemError.ENOMEM.AsResult();
            if (start < vma.Start)
            {
                if (flags == SyncFlags.Async || vma.Start >= end) return SystemError.ENOMEM.AsResult();
                hasHole = true;
            }
            if ((flags & SyncFlags.Invalidate) != 0 && vma.Has(VmaFlags.Locked)) return SystemError.EBUSY.AsResult();
            if ((flags & SyncFlags.Sync) != 0 && vma.File is { } file && vma.Has(VmaFlags.Shared))
            {
                ulong from = ulong.Max(start, vma.Start), to = ulong.Min(end, vma.End);
                if (parts.Files?.WriteBack(file.Object, vma.OffsetOf(from), vma.OffsetOf(to - 1) + 1, payer) == true) parts.Pages.Drain();
            }
            start = vma.End;
        }
        return hasHole ? SystemError.ENOMEM.AsResult() : 0;
    }

    /// <summary>mincore: whether each page is in memory. What came before a hole has been answered.</summary>
    public long InCore(Mm mm, ulong address, ulong bytes, System.Span<bool> resident, ICharge payer)
    {
        payer.Charge(Cost.AdviseBase);
        if (AddressSpaceLayout.IsUnaligned(address)) return SystemError.EINVAL.AsResult();
        ulong pages = AddressSpaceLayout.PagesOf(bytes), start = address >> 12;
        if (start + pages > AddressSpaceLayout.TaskEnd || (bytes != 0 && pages == 0)) return SystemError.ENOMEM.AsResult();
        if ((ulong)resident.Length < pages) return SystemError.EFAULT.AsResult();
        Vma? vma = mm.Vmas.Find(start);
        for (ulong page = start; page < start + pages; page++)
        {
            if (vma is not null && vma.End <= page) vma = vma.Next;
            if (vma is null || vma.Start > page) return SystemError.ENOMEM.AsResult();
            resident[(int)(page - start)] = MappedPages.IsResident(mm, page);
        }
        return 0;
    }
}
