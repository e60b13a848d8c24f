using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>Faulting in ranges: __mm_populate, populate_vma_page_range and faultin_page_range of mm/gup.c, Linux 6.18. Positions are page numbers.</summary>
internal sealed class Population(IFaultIn faults, MappedPages pages)
{
    /// <summary>Populates what is mapped in a range as far as it goes, and says nothing: mm_populate.</summary>
    public void Populate(Mm mm, ulong start, ulong end, ICharge payer)
    {
        for (Vma? vma = mm.Vmas.Find(start); vma is not null && vma.Start < end; vma = vma.Next)
            PopulateMapping(mm, vma, ulong.Max(start, vma.Start), ulong.Min(end, vma.End), payer);
    }

    /// <summary>Populates a range and stops at the first page that cannot be had; holes are passed over. 0, or what mlock returns for the error.</summary>
    public long PopulateLocked(Mm mm, ulong start, ulong end, ICharge payer)
    {
        for (Vma? vma = mm.Vmas.Find(start); vma is not null && vma.Start < end; vma = vma.Next)
        {
            // __mlock_posix_error_return: a page that cannot be faulted in is ENOMEM, lack of memory EAGAIN.
            switch (PopulateMapping(mm, vma, ulong.Max(start, vma.Start), ulong.Min(end, vma.End), payer))
            {
                case SystemError.EFAULT: return SystemError.ENOMEM.AsResult();
                case SystemError.ENOMEM: return SystemError.EAGAIN.AsResult();
            }
        }
        return 0;
    }

    /// <summary>
    /// Populates a part of a mapping, by stores where it is private and writable, so that its pages are its own. What is locked on fault is left to
    /// its faults. 0 or the error.
    /// </summary>
    /// <param name="mm">The address space.</param>
    /// <param name="vma">The mapping.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="payer">Who pays.</param>
    /// <param name="waits">Whether a fault waits for what must be read, and is a major one then; otherwise it is made again when that is there.</param>
    public SystemError PopulateMapping(Mm mm, Vma vma, ulong start, ulong end, ICharge payer, bool waits = false)
    {
        if (vma.Has(VmaFlags.LockOnFault)) return 0;
        pages.Drain();
        if (vma.Has(VmaFlags.Device | VmaFlags.PageFrames)) return 0;
        if (!vma.Has(VmaFlags.AccessMask)) return SystemError.EFAULT;
        bool isStore = vma.Has(VmaFlags.Write) && !vma.Has(VmaFlags.Shared);
        return Fault(mm, vma, start, end, isStore, waits, payer);
    }

    /// <summary>madvise(MADV_POPULATE_READ or _WRITE): 0 or an error, negated.</summary>
    public long Advised(Mm mm, ulong start, ulong end, bool isStore, ICharge payer)
    {
        pages.Drain();
        while (start < end)
        {
            Vma? vma = mm.Vmas.Find(start);
            if (vma is null || vma.Start > start) return SystemError.ENOMEM.AsResult();
            bool isPermitted = !vma.Has(VmaFlags.Device | VmaFlags.PageFrames) && vma.Has(isStore ? VmaFlags.Write : VmaFlags.Read);
            if (!isPermitted) return SystemError.EINVAL.AsResult();
            ulong until = ulong.Min(end, vma.End);
            SystemError error = Fault(mm, vma, start, until, isStore, waits: true, payer);
            if (error != 0) return error.AsResult();
            start = until;
        }
        return 0;
    }

    private SystemError Fault(Mm mm, Vma vma, ulong start, ulong end, bool isStore, bool waits, ICharge payer)
    {
        for (ulong page = start; page < end; page++)
        {
            switch (faults.FaultIn(mm, vma, page, isStore, waits, payer))
            {
                case FaultInResult.BusError: return SystemError.EFAULT;
                case FaultInResult.OutOfMemory: return SystemError.ENOMEM;
                case FaultInResult.MustWait: return 0;
            }
        }
        return 0;
    }
}
