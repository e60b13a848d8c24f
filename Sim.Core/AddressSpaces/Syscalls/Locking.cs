using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>mlock, mlock2, munlock, mlockall, munlockall: mm/mlock.c of Linux 6.18. First the flags, mapping by mapping; then the pages are faulted in.</summary>
internal sealed class Locking(AddressSpaceParts parts)
{
    /// <summary>mlock, or mlock2 with MLOCK_ONFAULT.</summary>
    public long Lock(Mm mm, ulong address, ulong bytes, bool onFault, ICharge payer)
    {
        payer.Charge(Cost.AdviseBase);
        if (!MayLock(mm)) return SystemError.EPERM.AsResult();
        (ulong start, ulong end) = Range(address, bytes);
        ulong locked = end - start + mm.LockedPages;
        ulong limit = (ulong)mm.Limits.Locked.Pages;
        if (locked > limit && !mm.Limits.MayLockAnything) locked -= LockedIn(mm, start, end);
        if (locked > limit && !mm.Limits.MayLockAnything) return SystemError.ENOMEM.AsResult();
        SystemError error = Apply(mm, start, end, VmaFlags.Locked | (onFault ? VmaFlags.LockOnFault : VmaFlags.None), payer);
        return error != 0 ? error.AsResult() : parts.Population.PopulateLocked(mm, start, end, payer);
    }

    /// <summary>munlock.</summary>
    public long Unlock(Mm mm, ulong address, ulong bytes, ICharge payer)
    {
        payer.Charge(Cost.AdviseBase);
        (ulong start, ulong end) = Range(address, bytes);
        SystemError error = Apply(mm, start, end, VmaFlags.None, payer);
        return error == 0 ? 0 : error.AsResult();
    }

    /// <summary>mlockall. What lies there now, what comes later, or both; on fault or at once.</summary>
    public long LockAll(Mm mm, bool current, bool future, bool onFault, ICharge payer)
    {
        payer.Charge(Cost.AdviseBase);
        if (!current && !future) return SystemError.EINVAL.AsResult();
        if (!MayLock(mm)) return SystemError.EPERM.AsResult();
        if (current && mm.TotalPages > (ulong)mm.Limits.Locked.Pages && !mm.Limits.MayLockAnything) return SystemError.ENOMEM.AsResult();
        VmaFlags flags = VmaFlags.Locked | (onFault ? VmaFlags.LockOnFault : VmaFlags.None);
        mm.DefaultFlags = (mm.DefaultFlags & ~VmaFlags.LockedMask) | (future ? flags : VmaFlags.None);
        if (!current) return 0;
        ApplyToAll(mm, flags, payer);
        parts.Population.Populate(mm, 0, AddressSpaceLayout.TaskEnd, payer);
        return 0;
    }

    /// <summary>munlockall.</summary>
    public long UnlockAll(Mm mm, ICharge payer)
    {
        payer.Charge(Cost.AdviseBase);
        mm.DefaultFlags &= ~VmaFlags.LockedMask;
        ApplyToAll(mm, VmaFlags.None, payer);
        return 0;
    }

    private static bool MayLock(Mm mm) => mm.Limits.Locked.Bytes > 0 || mm.Limits.MayLockAnything;

    private static (ulong Start, ulong End) Range(ulong address, ulong bytes)
    {
        ulong start = address >> 12;
        return (start, start + AddressSpaceLayout.PagesOf(unchecked(bytes + (address & 4095))));
    }

    /// <summary>count_mm_mlocked_page_nr: pages of a range that are counted as locked already.</summary>
    private static ulong LockedIn(Mm mm, ulong start, ulong end)
    {
        ulong count = 0;
        for (Vma? vma = mm.Vmas.Find(start); vma is not null && vma.Start < end; vma = vma.Next)
        {
            if (vma.Has(VmaFlags.Locked)) count += ulong.Min(end, vma.End) - ulong.Max(start, vma.Start);
        }
        return count;
    }

    /// <summary>apply_vma_lock_flags: stops at the first hole, and what came before it stays changed.</summary>
    private SystemError Apply(Mm mm, ulong start, ulong end, VmaFlags locked, ICharge payer)
    {
        if (end < start) return SystemError.EINVAL;
        if (end == start) return 0;
        Vma? vma = mm.Vmas.Find(start);
        if (vma is null || vma.Start > start) return SystemError.ENOMEM;
        ulong reached = start;
        while (vma is not null && vma.Start < end)
        {
            if (vma.Start > reached) return SystemError.ENOMEM;
            SystemError error = Fix(mm, ref vma, reached, ulong.Min(vma.End, end), locked, payer);
            if (error != 0) return error;
            reached = vma.End;
            vma = vma.Next;
        }
        return reached < end ? SystemError.ENOMEM : 0;
    }

    private void ApplyToAll(Mm mm, VmaFlags locked, ICharge payer)
    {
        for (Vma? vma = mm.Vmas.First; vma is not null; vma = vma.Next) Fix(mm, ref vma, vma.Start, vma.End, locked, payer);
    }

    /// <summary>mlock_fixup.</summary>
    private SystemError Fix(Mm mm, ref Vma vma, ulong start, ulong end, VmaFlags locked, ICharge payer)
    {
        VmaFlags old = vma.Flags, flags = (old & ~VmaFlags.LockedMask) | locked;
        if (flags == old || vma.Has(VmaFlags.SpecialMask | VmaFlags.HugeTlb)) return 0;
        VmaChange change = VmaChange.Of(MergeKind.Change, vma, start, end, flags);
        if (parts.Changes.Modify(mm, ref change, payer) is not { } changed) return SystemError.ENOMEM;
        vma = changed;
        vma.Flags = flags;
        bool was = (old & VmaFlags.Locked) != 0, becomes = (flags & VmaFlags.Locked) != 0;
        if (was == becomes) return 0;
        mm.LockedPages += becomes ? end - start : start - end;
        parts.Pages.Lock(mm, start, end, becomes);
        return 0;
    }
}
