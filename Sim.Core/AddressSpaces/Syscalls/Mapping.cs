using Sim.Core.AddressSpaces.Merging;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>mmap: do_mmap of mm/mmap.c and __mmap_region of mm/vma.c, Linux 6.18. The order of the checks decides which error wins.</summary>
internal sealed class Mapping(AddressSpaceParts parts, Unmapping unmapping)
{
    private const MapFlags Fixed = MapFlags.Fixed | MapFlags.FixedNoReplace;

    /// <summary>Maps, and returns the address.</summary>
    public long Call(Mm mm, in MapRequest request, ICharge payer)
    {
        payer.Charge(Cost.MapBase);
        if (AddressSpaceLayout.IsUnaligned(request.Offset)) return SystemError.EINVAL.AsResult();
        bool isAnonymous = (request.Flags & MapFlags.Anonymous) != 0;
        if (!isAnonymous && request.File is null) return SystemError.EBADF.AsResult();
        if (request.Bytes == 0) return SystemError.EINVAL.AsResult();
        ulong pages = AddressSpaceLayout.PagesOf(request.Bytes), offset = request.Offset >> 12;
        bool isHuge = (request.Flags & MapFlags.HugeTlb) != 0;
        if (isHuge) pages = (pages + AddressSpaceLayout.HugePages - 1) / AddressSpaceLayout.HugePages * AddressSpaceLayout.HugePages;
        if (pages == 0) return SystemError.ENOMEM.AsResult();
        if (mm.MapCount > mm.Limits.MaxMapCount) return SystemError.ENOMEM.AsResult();
        VmaFlags flags = FlagsOf(request) | mm.DefaultFlags;
        SystemError error = TryPlace(mm, request, pages, out ulong start);
        if (error != 0) return error.AsResult();
        if ((request.Flags & MapFlags.FixedNoReplace) != 0 && mm.Vmas.Find(start) is { } found && found.Start < start + pages)
            return SystemError.EEXIST.AsResult();
        if ((request.Flags & MapFlags.Locked) != 0 && mm.Limits is { Locked.Bytes: 0, MayLockAnything: false }) return SystemError.EPERM.AsResult();
        if (!mm.MayLock(flags, pages)) return SystemError.EAGAIN.AsResult();
        error = Admit(request, ref flags);
        if (error != 0) return error.AsResult();
        if ((request.Flags & MapFlags.NoReserve) != 0 && parts.Commit.Mode != OvercommitMode.Never) flags |= VmaFlags.NoReserve;
        bool isShared = (flags & VmaFlags.MayShare) != 0;
        if (isAnonymous) offset = isShared ? 0 : start;
        // A mapping of huge pages is never reclaimed, and does not count as locked.
        if (isHuge) flags &= ~VmaFlags.LockedMask;
        error = Region(mm, request, start, pages, flags, offset, payer);
        if (error != 0) return error.AsResult();
        bool populates = (flags & VmaFlags.Locked) != 0 || (request.Flags & (MapFlags.Populate | MapFlags.NonBlock)) == MapFlags.Populate;
        if (populates) parts.Population.Populate(mm, start, start + pages, payer);
        return (long)(start << 12);
    }

    /// <summary>A mapping of the kernel's own making, where nothing lies yet: _install_special_mapping.</summary>
    public long Install(Mm mm, ulong page, ulong pages, VmaFlags flags, string name, ICharge payer)
    {
        var file = new OpenFile(new FileObject(name, pages << 12, FileKind.Special), isWritable: false);
        VmaChange change = VmaChange.New(MergeKind.NewRange, mm, page, page + pages, flags | VmaFlags.DontExpand, file, 0);
        if (parts.Changes.TryInsert(mm, change, payer) is null) return SystemError.ENOMEM.AsResult();
        mm.AddMapped(flags, (long)pages);
        return (long)(page << 12);
    }

    private static VmaFlags FlagsOf(in MapRequest request)
    {
        VmaFlags flags = (VmaFlags)request.Protection | VmaFlags.MayAll;
        if ((request.Flags & MapFlags.GrowsDown) != 0) flags |= VmaFlags.GrowsDown;
        if ((request.Flags & MapFlags.Locked) != 0) flags |= VmaFlags.Locked;
        if ((request.Flags & MapFlags.Stack) != 0) flags |= VmaFlags.NoHugePage;
        if ((request.Flags & MapFlags.HugeTlb) != 0) flags |= VmaFlags.HugeTlb | VmaFlags.DontExpand;
        return flags;
    }

    /// <summary>__get_unmapped_area.</summary>
    private static SystemError TryPlace(Mm mm, in MapRequest request, ulong pages, out ulong start)
    {
        start = request.Address >> 12;
        if (pages > AddressSpaceLayout.TaskEnd) return SystemError.ENOMEM;
        if ((request.Flags & Fixed) != 0)
        {
            if (request.Address > (AddressSpaceLayout.TaskEnd - pages) << 12) return SystemError.ENOMEM;
            bool isUnaligned = AddressSpaceLayout.IsUnaligned(request.Address)
                || ((request.Flags & MapFlags.HugeTlb) != 0 && start % AddressSpaceLayout.HugePages != 0);
            if (isUnaligned) return SystemError.EINVAL;
            return start < AddressSpaceLayout.LowestPage ? SystemError.EPERM : 0;
        }
        ulong hint = start != 0 && start < AddressSpaceLayout.LowestPage ? AddressSpaceLayout.LowestPage : start;
        ulong alignment = (request.Flags & MapFlags.HugeTlb) != 0 ? AddressSpaceLayout.HugePages : 1;
        bool isShared = (request.Flags & MapFlags.TypeMask) != MapFlags.Private;
        var wanted = new PlacementRequest(pages, alignment, request.File?.Object, request.File is null ? 0 : request.Offset >> 12, isShared, hint);
        return mm.Placement.TryPlace(mm, wanted, out start) ? 0 : SystemError.ENOMEM;
    }

    /// <summary>Whether this kind of mapping may be made of this file, and what it may ever allow.</summary>
    private static SystemError Admit(in MapRequest request, ref VmaFlags flags)
    {
        MapFlags type = request.Flags & MapFlags.TypeMask;
        bool isShared = type is MapFlags.Shared or MapFlags.SharedValidate;
        if (!isShared && type != MapFlags.Private) return SystemError.EINVAL;
        if (isShared) flags |= VmaFlags.Shared | VmaFlags.MayShare;
        bool isAnonymous = (request.Flags & MapFlags.Anonymous) != 0;
        if (isShared && !isAnonymous && !request.File!.IsWritable)
        {
            if ((flags & VmaFlags.Write) != 0) return SystemError.EACCES;
            flags &= ~(VmaFlags.MayWrite | VmaFlags.Shared);
        }
        if (type == MapFlags.SharedValidate && isAnonymous) return SystemError.EINVAL;
        return (flags & VmaFlags.GrowsDown) != 0 && (isShared || !isAnonymous) ? SystemError.EINVAL : 0;
    }

    /// <summary>Puts the mapping where it was placed, in the stead of what is there: __mmap_region.</summary>
    private SystemError Region(Mm mm, in MapRequest request, ulong start, ulong pages, VmaFlags flags, ulong offset, ICharge payer)
    {
        ulong end = start + pages;
        SystemError error = unmapping.Cut(mm, start, end, payer, out Vma? first);
        if (error != 0) return error;
        (ulong oldPages, ulong oldAccounted) = Unmapping.Measure(first, end);
        if (!mm.MayExpand(flags, pages - oldPages)) return SystemError.ENOMEM;
        bool isAccounted = (flags & (VmaFlags.NoReserve | VmaFlags.Shared | VmaFlags.Write | VmaFlags.HugeTlb)) == VmaFlags.Write;
        if (isAccounted)
        {
            if (pages > oldAccounted && !parts.Commit.TryCommit(mm, pages - oldAccounted)) return SystemError.ENOMEM;
            flags |= VmaFlags.Account;
        }
        if (first is not null) unmapping.Remove(mm, start, end, first, payer, keepsCommitment: isAccounted);
        OpenFile? file = request.File;
        if ((request.Flags & (MapFlags.Anonymous | MapFlags.TypeMask)) == (MapFlags.Anonymous | MapFlags.Shared))
        {
            file = TryCreateShared(mm, request.ObjectName, pages, (flags & VmaFlags.NoReserve) == 0);
            if (file is null) return SystemError.ENOMEM;
        }
        VmaChange change = VmaChange.New(MergeKind.NewRange, mm, start, end, flags, file, offset);
        if (!parts.Changes.TryMerge(mm, ref change, payer) && parts.Changes.TryInsert(mm, change, payer) is null)
        {
            if (isAccounted) parts.Commit.Uncommit(pages);
            if (file is not null && !ReferenceEquals(file, request.File)) file.Released?.Invoke(payer);
            return SystemError.ENOMEM;
        }
        mm.AddMapped(flags, (long)pages);
        if ((flags & VmaFlags.Locked) != 0) mm.LockedPages += pages;
        return 0;
    }

    /// <summary>The object behind a shared anonymous mapping, which lives as long as its mappings do: shmem_zero_setup.</summary>
    private OpenFile? TryCreateShared(Mm mm, string name, ulong pages, bool isAccounted)
    {
        if (isAccounted && !parts.Commit.TryCommit(mm, pages)) return null;
        var memory = new FileObject(name, pages << 12, FileKind.SharedMemory);
        return new OpenFile(memory, isWritable: true)
        {
            Released = payer =>
            {
                parts.Files?.Remove(memory, 0, ulong.MaxValue, payer);
                if (isAccounted) parts.Commit.Uncommit(pages);
            },
        };
    }
}
