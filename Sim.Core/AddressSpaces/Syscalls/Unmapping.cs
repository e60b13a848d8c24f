using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>munmap, and the unmapping that MAP_FIXED, brk and mremap begin or end with: vms_gather_munmap_vmas and vms_complete_munmap_vmas, Linux 6.18.</summary>
internal sealed class Unmapping(AddressSpaceParts parts)
{
    /// <summary>munmap of [address, address + bytes). Holes are no error.</summary>
    public long Call(Mm mm, ulong address, ulong bytes, ICharge payer)
    {
        const ulong end = AddressSpaceLayout.TaskEnd << 12;
        if (AddressSpaceLayout.IsUnaligned(address) || address > end || bytes > end - address) return SystemError.EINVAL.AsResult();
        ulong pages = AddressSpaceLayout.PagesOf(bytes);
        return pages == 0 ? SystemError.EINVAL.AsResult() : Unmap(mm, address >> 12, (address >> 12) + pages, payer);
    }

    /// <summary>Unmaps pages [start, end).</summary>
    public long Unmap(Mm mm, ulong start, ulong end, ICharge payer)
    {
        SystemError error = Cut(mm, start, end, payer, out Vma? first);
        if (error != 0) return error.AsResult();
        Remove(mm, start, end, first, payer);
        return 0;
    }

    /// <summary>
    /// Splits the mappings at both ends of a range and finds the first one inside, or null. Where the range lies inside one mapping, which becomes one
    /// more, there must be room for that; the limit may be passed for a moment otherwise. An error leaves what has been split.
    /// </summary>
    public SystemError Cut(Mm mm, ulong start, ulong end, ICharge payer, out Vma? first)
    {
        first = mm.Vmas.Find(start);
        if (first is null || first.Start >= end)
        {
            first = null;
            return 0;
        }
        if (first.Start < start)
        {
            if (end < first.End && mm.MapCount >= mm.Limits.MaxMapCount) return SystemError.ENOMEM;
            if (!MaySplit(first, start)) return SystemError.EINVAL;
            first = parts.Changes.TrySplit(mm, first, start, payer);
            if (first is null) return SystemError.ENOMEM;
        }
        Vma last = LastBelow(first, end);
        if (last.End <= end) return 0;
        if (!MaySplit(last, end)) return SystemError.EINVAL;
        return parts.Changes.TrySplit(mm, last, end, payer) is null ? SystemError.ENOMEM : 0;
    }

    /// <summary>Pages that are mapped in a range whose ends are cut, and those of them that count against the commit limit.</summary>
    public static (ulong Pages, ulong Accounted) Measure(Vma? first, ulong end)
    {
        ulong pages = 0, accounted = 0;
        for (Vma? vma = first; vma is not null && vma.Start < end; vma = vma.Next)
        {
            pages += vma.Pages;
            if (vma.Has(VmaFlags.Account)) accounted += vma.Pages;
        }
        return (pages, accounted);
    }

    /// <summary>Takes away the mappings of a range whose ends are cut, with their pages and empty tables. Returns whether translations or tables went, and were flushed.</summary>
    /// <param name="mm">The address space.</param>
    /// <param name="start">The first page.</param>
    /// <param name="end">The page after the last.</param>
    /// <param name="first">The first mapping in it, or null.</param>
    /// <param name="payer">Who pays.</param>
    /// <param name="keepsCommitment">Whether a mapping that comes in their place takes over what was committed for them.</param>
    public bool Remove(Mm mm, ulong start, ulong end, Vma? first, ICharge payer, bool keepsCommitment = false)
    {
        // Downwards, so that an index that is an array has little to move.
        if (first is null) return false;
        long unmapped = mm.PageTable.ParkedLeaves > 0 ? parts.Pages.Tables.Leave(mm, start, end, payer) : 0;
        Vma? last = LastBelow(first, end), above = last.Next, below = first.Previous;
        for (Vma? vma = last; vma is not null && vma.Start >= start;)
        {
            Vma? previous = vma.Previous;
            unmapped += parts.Pages.Zap(mm, vma.Start, vma.End, vma.PageSize, payer);
            mm.AddMapped(vma.Flags, -(long)vma.Pages);
            if (vma.Has(VmaFlags.Locked)) mm.LockedPages -= vma.Pages;
            if (vma.Has(VmaFlags.Account) && !keepsCommitment) parts.Commit.Uncommit(vma.Pages);
            parts.Changes.Delete(mm, vma, payer);
            vma = previous;
        }
        bool freesTables = mm.PageTable.FreeTables(start, end, below?.End ?? 0, above?.Start ?? PageTable.PageLimit, payer);
        if (unmapped == 0 && !freesTables) return false;
        parts.Tlbs.Flush(mm, start, end, payer, freesTables);
        return true;
    }

    private static Vma LastBelow(Vma first, ulong end)
    {
        Vma last = first;
        while (last.Next is { } next && next.Start < end) last = next;
        return last;
    }

    /// <summary>Whether a mapping may be cut at a page.</summary>
    public static bool MaySplit(Vma vma, ulong page) =>
        (vma.PageSize == PageSize.Base || page % AddressSpaceLayout.HugePages == 0) && vma.File?.Object.Kind != FileKind.Special;
}
