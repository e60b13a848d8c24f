using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>
/// mremap: mm/mremap.c of Linux 6.18.
/// <code>
///   same length, stays                    nothing
///   shorter                               the tail is unmapped
///   longer, free above                    grows in place, and may join the mapping above
///   longer, may move; or a fixed address  the pages move to a new mapping, which may join its neighbours there
///   fixed address, same length            every mapping of the range moves, with the holes between them (since 6.17)
/// </code>
/// </summary>
internal sealed class Remapping(AddressSpaceParts parts, Unmapping unmapping)
{
    private readonly Moving _moving = new(parts, unmapping);

    /// <summary>Remaps, and returns the address.</summary>
    public long Call(Mm mm, in RemapRequest request, ICharge payer)
    {
        payer.Charge(Cost.RemapBase);
        var remap = new Remap(request);
        SystemError error = Check(mm, request, remap);
        if (error != 0) return error.AsResult();
        bool movesOnly = (request.Flags & RemapFlags.Fixed) != 0 && remap.OldPages == remap.NewPages;
        if (movesOnly) return MoveAll(mm, remap, payer);
        remap.Vma = Lookup(mm, remap.Start);
        error = Prepare(mm, ref remap);
        if (error != 0) return error.AsResult();
        bool growsLocked = remap.NewPages > remap.OldPages && remap.Vma!.Has(VmaFlags.Locked);
        ulong oldPages = remap.OldPages;
        error = remap.NamesPlace ? MoveTo(mm, ref remap, payer) : Resize(mm, ref remap, payer);
        if (error != 0) return error.AsResult();
        if (growsLocked) parts.Population.Populate(mm, remap.NewStart + oldPages, remap.NewStart + remap.NewPages, payer);
        return (long)(remap.NewStart << 12);
    }

    /// <summary>check_mremap_params: what is wrong whatever is mapped.</summary>
    private static SystemError Check(Mm mm, in RemapRequest request, in Remap remap)
    {
        const RemapFlags known = RemapFlags.MayMove | RemapFlags.Fixed | RemapFlags.DontUnmap;
        if ((request.Flags & ~known) != 0 || AddressSpaceLayout.IsUnaligned(request.Address)) return SystemError.EINVAL;
        if (remap.NewPages == 0 || remap.NewPages > AddressSpaceLayout.TaskEnd) return SystemError.EINVAL;
        if (!remap.NamesPlace) return 0;
        if (request.NewAddress > (AddressSpaceLayout.TaskEnd - remap.NewPages) << 12 || AddressSpaceLayout.IsUnaligned(request.NewAddress)) return SystemError.EINVAL;
        if ((request.Flags & RemapFlags.MayMove) == 0) return SystemError.EINVAL;
        if ((request.Flags & RemapFlags.DontUnmap) != 0 && remap.OldPages != remap.NewPages) return SystemError.EINVAL;
        bool overlaps = remap.Start + remap.OldPages > remap.NewStart && remap.NewStart + remap.NewPages > remap.Start;
        if (overlaps) return SystemError.EINVAL;
        // Both ends may be cut in three, and a move needs room for four more mappings.
        return mm.MapCount + 2 >= mm.Limits.MaxMapCount - 3 ? SystemError.ENOMEM : 0;
    }

    /// <summary>check_prep_vma: what this mapping allows.</summary>
    private static SystemError Prepare(Mm mm, ref Remap remap)
    {
        if (remap.Vma is not { } vma) return SystemError.EFAULT;
        if (vma.PageSize != PageSize.Base && (remap.Start | remap.OldPages | remap.NewPages | remap.NewStart) % AddressSpaceLayout.HugePages != 0) return SystemError.EINVAL;
        if (!remap.NamesPlace) remap.NewStart = remap.Start;
        if (remap.NewPages <= remap.OldPages && !remap.NamesPlace) return 0;
        if (remap.OldPages == 0 && !vma.Has(VmaFlags.Shared | VmaFlags.MayShare)) return SystemError.EINVAL;
        if (remap.KeepsSource && vma.Has(VmaFlags.DontExpand | VmaFlags.PageFrames)) return SystemError.EINVAL;
        if (ulong.Min(remap.OldPages, remap.NewPages) > vma.End - remap.Start) return SystemError.EFAULT;
        if (remap.NewPages <= remap.OldPages) return 0;
        if (vma.Has(VmaFlags.DontExpand | VmaFlags.PageFrames)) return SystemError.EFAULT;
        ulong more = remap.NewPages - remap.OldPages;
        if (!mm.MayLock(vma.Flags, more)) return SystemError.EAGAIN;
        return mm.MayExpand(vma.Flags, more) ? 0 : SystemError.ENOMEM;
    }

    /// <summary>remap_move: each mapping of the range goes where it lies relative to the first.</summary>
    private long MoveAll(Mm mm, Remap whole, ICharge payer)
    {
        ulong start = whole.Start, end = whole.Start + whole.OldPages, target = whole.NewStart;
        ulong lastEnd = 0;
        bool isFirst = true;
        // What was moved may have merged with what is still to move, so the walk goes on from where the last mapping ended before.
        for (Vma? vma = mm.Vmas.Find(start); vma is not null && vma.Start < end; vma = lastEnd < end ? mm.Vmas.Find(lastEnd) : null)
        {
            if (isFirst && vma.Start > start) return SystemError.EFAULT.AsResult();
            Remap remap = whole;
            remap.Vma = vma;
            remap.Start = ulong.Max(vma.Start, start);
            remap.OldPages = remap.NewPages = ulong.Min(vma.End, end) - remap.Start;
            remap.NewStart = target + (isFirst ? 0 : vma.Start - lastEnd);
            lastEnd = vma.End;
            SystemError error = Prepare(mm, ref remap);
            if (error == 0) error = MoveTo(mm, ref remap, payer);
            if (error != 0) return error.AsResult();
            target = remap.NewStart + remap.NewPages;
            isFirst = false;
        }
        return isFirst ? SystemError.EFAULT.AsResult() : (long)(whole.NewStart << 12);
    }

    /// <summary>mremap_to: to a named place, which is emptied first.</summary>
    private SystemError MoveTo(Mm mm, ref Remap remap, ICharge payer)
    {
        if (remap.IsFixed)
        {
            long result = unmapping.Unmap(mm, remap.NewStart, remap.NewStart + remap.NewPages, payer);
            if (result < 0) return (SystemError)(-result);
            // It may have been part of the mapping that is to move.
            remap.Vma = Lookup(mm, remap.Start);
            if (remap.Vma is null) return SystemError.EFAULT;
        }
        if (remap.OldPages > remap.NewPages)
        {
            SystemError error = Shrink(mm, ref remap, payer);
            if (error != 0) return error;
            if (remap.Vma is null) return SystemError.EFAULT;
        }
        if (remap.KeepsSource && !mm.MayExpand(remap.Vma!.Flags, remap.OldPages)) return SystemError.ENOMEM;
        SystemError placed = TryPlace(mm, ref remap);
        return placed != 0 ? placed : _moving.Move(mm, ref remap, payer);
    }

    /// <summary>mremap_at: where it is, if that can be.</summary>
    private SystemError Resize(Mm mm, ref Remap remap, ICharge payer)
    {
        if (remap.NewPages == remap.OldPages) return 0;
        if (remap.NewPages < remap.OldPages) return Shrink(mm, ref remap, payer);
        Vma vma = remap.Vma!;
        ulong end = remap.Start + remap.NewPages;
        bool isFree = vma.End == remap.Start + remap.OldPages && end <= AddressSpaceLayout.TaskEnd && (vma.Next is null || vma.Next.Start >= end);
        if (isFree) return _moving.Extend(mm, vma, remap.NewPages - remap.OldPages, payer);
        if ((remap.Flags & RemapFlags.MayMove) == 0) return SystemError.ENOMEM;
        SystemError placed = TryPlace(mm, ref remap);
        return placed != 0 ? placed : _moving.Move(mm, ref remap, payer);
    }

    private SystemError Shrink(Mm mm, ref Remap remap, ICharge payer)
    {
        long result = unmapping.Unmap(mm, remap.Start + remap.NewPages, remap.Start + remap.OldPages, payer);
        if (result < 0) return (SystemError)(-result);
        remap.Vma = Lookup(mm, remap.Start);
        remap.OldPages = remap.NewPages;
        return 0;
    }

    /// <summary>vrm_set_new_addr.</summary>
    private static SystemError TryPlace(Mm mm, ref Remap remap)
    {
        if (remap.IsFixed) return remap.NewStart < AddressSpaceLayout.LowestPage ? SystemError.EPERM : 0;
        Vma vma = remap.Vma!;
        var wanted = new PlacementRequest(remap.NewPages, vma.PageSize == PageSize.Base ? 1 : AddressSpaceLayout.HugePages, vma.File?.Object,
            vma.File is null ? 0 : vma.OffsetOf(remap.Start), vma.Has(VmaFlags.MayShare), remap.NamesPlace ? remap.NewStart : 0);
        if (!mm.Placement.TryPlace(mm, wanted, out ulong page)) return SystemError.ENOMEM;
        remap.NewStart = page;
        return 0;
    }

    private static Vma? Lookup(Mm mm, ulong page) => mm.Vmas.Find(page) is { } vma && vma.Start <= page ? vma : null;
}
