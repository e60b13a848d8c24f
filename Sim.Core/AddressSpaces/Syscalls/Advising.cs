using System;
using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>
/// madvise: mm/madvise.c of Linux 6.18. Mapping by mapping; a hole does not stop it, but makes it ENOMEM in the end. Advice that only hints at
/// reclaim (cold, page-out, will-need) is checked and otherwise without effect.
/// </summary>
internal sealed class Advising(AddressSpaceParts parts)
{
    /// <summary>Advises on [address, address + bytes).</summary>
    public long Call(Mm mm, ulong address, ulong bytes, Advice advice, ICharge payer)
    {
        payer.Charge(Cost.AdviseBase);
        ulong pages = AddressSpaceLayout.PagesOf(bytes), start = address >> 12, end = start + pages;
        bool isValid = Enum.IsDefined(advice) && !AddressSpaceLayout.IsUnaligned(address) && (bytes == 0 || pages != 0) && end <= 1UL << 52;
        if (!isValid) return SystemError.EINVAL.AsResult();
        if (pages == 0) return 0;
        if (advice is Advice.PopulateRead or Advice.PopulateWrite)
            return parts.Population.Advised(mm, start, end, advice == Advice.PopulateWrite, payer);
        bool hasHole = false;
        Vma? vma = mm.Vmas.Find(start);
        while (start < end)
        {
            if (vma is null) return SystemError.ENOMEM.AsResult();
            if (start < vma.Start)
            {
                hasHole = true;
                start = vma.Start;
                if (start >= end) break;
            }
            SystemError error = Advise(mm, ref vma, start, ulong.Min(vma.End, end), advice, payer);
            if (error != 0) return error.AsResult();
            start = vma.End;
            vma = vma.Next;
        }
        return hasHole ? SystemError.ENOMEM.AsResult() : 0;
    }

    private SystemError Advise(Mm mm, ref Vma vma, ulong start, ulong end, Advice advice, ICharge payer)
    {
        VmaFlags flags = vma.Flags;
        switch (advice)
        {
            case Advice.DontNeed or Advice.DontNeedLocked or Advice.Free:
                if (vma.Has(VmaFlags.PageFrames) || (advice != Advice.DontNeedLocked && vma.Has(VmaFlags.Locked))) return SystemError.EINVAL;
                if (advice == Advice.Free && !vma.IsAnonymous) return SystemError.EINVAL;
                if (vma.Has(VmaFlags.HugeTlb))
                {
                    if (advice == Advice.Free || start % AddressSpaceLayout.HugePages != 0) return SystemError.EINVAL;
                    end -= end % AddressSpaceLayout.HugePages;
                }
                if (advice == Advice.Free) parts.Pages.Free(mm, start, end, payer);
                else parts.Pages.Discard(mm, start, end, vma.PageSize, payer);
                return 0;
            case Advice.Cold or Advice.PageOut:
                if (vma.Has(VmaFlags.Locked | VmaFlags.PageFrames | VmaFlags.HugeTlb)) return SystemError.EINVAL;
                parts.Pages.Drain();
                if (advice == Advice.Cold && vma.File is not null) parts.Files?.Split(mm, vma, start, end, payer);
                return 0;
            case Advice.WillNeed:
                if (vma.File is { Object: { Kind: FileKind.Disk } file }) parts.Files?.BringIn(mm, file, vma.OffsetOf(start), vma.OffsetOf(end - 1) + 1, payer);
                else parts.Pages.Drain();
                return 0;
            case Advice.Remove:
                if (vma.Has(VmaFlags.Locked) || vma.IsAnonymous) return SystemError.EINVAL;
                if ((vma.Flags & (VmaFlags.Shared | VmaFlags.MayWrite)) != (VmaFlags.Shared | VmaFlags.MayWrite)) return SystemError.EACCES;
                parts.Files?.Remove(vma.File!.Object, vma.OffsetOf(start), vma.OffsetOf(end), payer);
                return 0;
        }
        SystemError error = Change(vma, advice, ref flags);
        if (error != 0 || flags == vma.Flags) return error;
        VmaChange change = VmaChange.Of(MergeKind.Change, vma, start, end, flags);
        // ENOMEM means a hole here, so want of memory or of room for a mapping is EAGAIN.
        if (parts.Changes.Modify(mm, ref change, payer) is not { } changed) return SystemError.EAGAIN;
        vma = changed;
        vma.Flags = flags;
        return 0;
    }

    /// <summary>The flags that a mapping has after advice that only sets flags.</summary>
    private static SystemError Change(Vma vma, Advice advice, ref VmaFlags flags)
    {
        switch (advice)
        {
            case Advice.Normal:
                flags &= ~(VmaFlags.RandomRead | VmaFlags.SequentialRead);
                break;
            case Advice.Random:
                flags = (flags & ~VmaFlags.SequentialRead) | VmaFlags.RandomRead;
                break;
            case Advice.Sequential:
                flags = (flags & ~VmaFlags.RandomRead) | VmaFlags.SequentialRead;
                break;
            case Advice.DontFork:
                flags |= VmaFlags.DontCopy;
                break;
            case Advice.DoFork:
                if ((flags & VmaFlags.Device) != 0) return SystemError.EINVAL;
                flags &= ~VmaFlags.DontCopy;
                break;
            case Advice.WipeOnFork:
                if (vma.File is not null || (flags & VmaFlags.Shared) != 0) return SystemError.EINVAL;
                flags |= VmaFlags.WipeOnFork;
                break;
            case Advice.KeepOnFork:
                flags &= ~VmaFlags.WipeOnFork;
                break;
            case Advice.DontDump:
                flags |= VmaFlags.DontDump;
                break;
            case Advice.DoDump:
                if ((flags & VmaFlags.HugeTlb) == 0 && (flags & VmaFlags.SpecialMask) != 0) return SystemError.EINVAL;
                flags &= ~VmaFlags.DontDump;
                break;
            case Advice.Mergeable:
                // Silently ignored where pages cannot be merged.
                if ((flags & (VmaFlags.Shared | VmaFlags.MayShare | VmaFlags.SpecialMask | VmaFlags.HugeTlb)) == 0) flags |= VmaFlags.Mergeable;
                break;
            case Advice.Unmergeable:
                flags &= ~VmaFlags.Mergeable;
                break;
            case Advice.HugePage:
                flags = (flags & ~VmaFlags.NoHugePage) | VmaFlags.HugePage;
                break;
            case Advice.NoHugePage:
                flags = (flags & ~VmaFlags.HugePage) | VmaFlags.NoHugePage;
                break;
        }
        return 0;
    }
}
