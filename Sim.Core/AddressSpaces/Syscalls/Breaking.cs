using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>brk: sys_brk of mm/mmap.c and do_brk_flags of mm/vma.c, Linux 6.18. It returns the break as it then is; whoever asks compares.</summary>
internal sealed class Breaking(AddressSpaceParts parts, Unmapping unmapping)
{
    /// <summary>Moves the end of the heap to an address, or leaves it where that cannot be.</summary>
    public ulong Call(Mm mm, ulong address, ICharge payer)
    {
        payer.Charge(Cost.BreakBase);
        if (address >> 12 < mm.HeapStart || address > AddressSpaceLayout.TaskEnd << 12) return mm.Break;
        ulong dataBytes = address - (mm.HeapStart << 12) + ((mm.Data.End - mm.Data.Start) << 12);
        if (dataBytes > (ulong)mm.Limits.Data.Bytes) return mm.Break;
        ulong end = AddressSpaceLayout.PagesOf(address), oldEnd = AddressSpaceLayout.PagesOf(mm.Break);
        if (end < oldEnd)
        {
            // The heap's top must still be there.
            if (mm.Vmas.Find(end) is not { } heap || heap.Start >= oldEnd || unmapping.Unmap(mm, end, oldEnd, payer) < 0) return mm.Break;
        }
        else if (end > oldEnd && !TryGrow(mm, oldEnd, end, payer)) return mm.Break;
        return mm.Break = address;
    }

    private bool TryGrow(Mm mm, ulong start, ulong end, ICharge payer)
    {
        ulong pages = end - start;
        VmaFlags flags = VmaFlags.Read | VmaFlags.Write | VmaFlags.MayAll | VmaFlags.Account | mm.DefaultFlags;
        if (end > AddressSpaceLayout.TaskEnd || !mm.MayLock(mm.DefaultFlags, pages)) return false;
        // A page stays free below the next mapping, and below a stack its gap.
        if (mm.Vmas.Find(start) is { } above && end + 1 > AddressSpaceLayout.StartWithGap(above)) return false;
        if (!mm.MayExpand(flags, pages) || mm.MapCount > mm.Limits.MaxMapCount || !parts.Commit.TryCommit(mm, pages)) return false;
        VmaChange change = VmaChange.New(MergeKind.Break, mm, start, end, flags, null, start);
        if (!parts.Changes.TryMerge(mm, ref change, payer) && parts.Changes.TryInsert(mm, change, payer) is null)
        {
            parts.Commit.Uncommit(pages);
            return false;
        }
        mm.AddMapped(flags, (long)pages);
        if ((flags & VmaFlags.Locked) != 0)
        {
            mm.LockedPages += pages;
            parts.Population.Populate(mm, start, end, payer);
        }
        return true;
    }
}
