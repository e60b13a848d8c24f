using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>How mremap grows a mapping in place (expand_vma_in_place) and moves one (move_vma, copy_vma), Linux 6.18.</summary>
internal sealed class Moving(AddressSpaceParts parts, Unmapping unmapping)
{
    /// <summary>A new range directly above a mapping, which it becomes part of; both may then join the mapping above: vma_merge_extend.</summary>
    public SystemError Extend(Mm mm, Vma vma, ulong pages, ICharge payer)
    {
        bool isAccounted = vma.Has(VmaFlags.Account);
        if (isAccounted && !parts.Commit.TryCommit(mm, pages)) return SystemError.ENOMEM;
        ulong end = vma.End;
        VmaChange change = VmaChange.New(MergeKind.Extension, mm, end, end + pages, vma.Flags, vma.File, vma.OffsetOf(end));
        change.AnonVma = vma.AnonVma;
        if (!parts.Changes.TryMerge(mm, ref change, payer))
        {
            if (isAccounted) parts.Commit.Uncommit(pages);
            return SystemError.ENOMEM;
        }
        mm.AddMapped(vma.Flags, (long)pages);
        if (vma.Has(VmaFlags.Locked)) mm.LockedPages += pages;
        return 0;
    }

    /// <summary>A mapping of the new length at the new place takes over the pages of the old one, which is then unmapped or stays empty.</summary>
    public SystemError Move(Mm mm, ref Remap remap, ICharge payer)
    {
        Vma source = remap.Vma!;
        if (mm.MapCount >= mm.Limits.MaxMapCount - 3) return SystemError.ENOMEM;
        ulong oldEnd = remap.Start + remap.OldPages;
        bool isCutWrong = (source.Start != remap.Start && !Unmapping.MaySplit(source, remap.Start)) || (source.End != oldEnd && !Unmapping.MaySplit(source, oldEnd));
        if (isCutWrong) return SystemError.EINVAL;
        VmaFlags flags = source.Flags;
        ulong committed = (flags & VmaFlags.Account) == 0 ? 0 : remap.KeepsSource ? remap.NewPages : remap.NewPages - remap.OldPages;
        if (committed > 0 && !parts.Commit.TryCommit(mm, committed)) return SystemError.ENOMEM;
        if (Copy(mm, ref source, remap, payer) is not { } copy)
        {
            if (committed > 0) parts.Commit.Uncommit(committed);
            return SystemError.ENOMEM;
        }
        if (!parts.Pages.TryMove(mm, remap.Start, remap.NewStart, remap.OldPages, source.PageSize, payer))
        {
            // What had moved goes back, for which the tables are still there.
            parts.Pages.TryMove(mm, remap.NewStart, remap.Start, remap.OldPages, source.PageSize, payer);
            mm.AddMapped(flags, (long)remap.NewPages);
            if ((flags & VmaFlags.Locked) != 0) mm.LockedPages += remap.NewPages;
            unmapping.Unmap(mm, remap.NewStart, remap.NewStart + remap.NewPages, payer);
            return SystemError.ENOMEM;
        }
        mm.AddMapped(flags, (long)remap.NewPages);
        if ((flags & VmaFlags.Locked) != 0) mm.LockedPages += remap.NewPages;
        if (remap.KeepsSource) LeaveEmpty(mm, source, copy, remap, payer);
        else if (remap.OldPages > 0) UnmapSource(mm, source, remap, payer);
        return 0;
    }

    /// <summary>
    /// copy_vma: the new mapping, or the neighbour that the new range became part of. Memory of which nothing was touched is numbered anew, so that it
    /// fits its new neighbours; one of these may be the source itself.
    /// </summary>
    private Vma? Copy(Mm mm, ref Vma source, in Remap remap, ICharge payer)
    {
        ulong offset = source.IsAnonymous && source.AnonVma is null ? remap.NewStart : source.OffsetOf(remap.Start);
        ulong sourceStart = source.Start;
        VmaChange change = VmaChange.New(MergeKind.Move, mm, remap.NewStart, remap.NewStart + remap.NewPages, source.Flags, source.File, offset);
        change.AnonVma = source.AnonVma;
        change.CopiedFrom = source;
        if (!parts.Changes.TryMerge(mm, ref change, payer)) return parts.Changes.TryInsert(mm, change, payer);
        Vma target = change.Target!;
        if (sourceStart >= target.Start && sourceStart < target.End) source = target;
        return target;
    }

    /// <summary>
    /// unmap_source_vma. The commitment went along with the pages, so the source is unmapped as if it had none; what is left of it on both sides
    /// keeps its own.
    /// </summary>
    private void UnmapSource(Mm mm, Vma source, in Remap remap, ICharge payer)
    {
        bool isAccounted = source.Has(VmaFlags.Account);
        ulong start = remap.Start, end = remap.Start + remap.OldPages;
        bool leavesHead = source.Start < start, leavesTail = source.End > end;
        if (isAccounted) source.Flags &= ~VmaFlags.Account;
        unmapping.Unmap(mm, start, end, payer);
        if (!isAccounted) return;
        Vma? above = mm.Vmas.Find(start);
        if (leavesHead && mm.Vmas.Before(above) is { } head) head.Flags |= VmaFlags.Account;
        if (leavesTail && above is not null) above.Flags |= VmaFlags.Account;
    }

    /// <summary>dontunmap_complete: the source is no longer locked, and has no anonymous pages if all of it moved.</summary>
    private void LeaveEmpty(Mm mm, Vma source, Vma copy, in Remap remap, ICharge payer)
    {
        if (source.Has(VmaFlags.Locked)) mm.LockedPages -= source.Pages;
        source.Flags &= ~VmaFlags.LockedMask;
        bool isWhole = remap.Start == source.Start && remap.Start + remap.OldPages == source.End;
        if (isWhole && !ReferenceEquals(source, copy)) parts.AnonVmas.Unlink(source, payer);
    }
}
