using System.Linq;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Hardware;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>What a mapping has in memory, in KiB as /proc/PID/smaps gives it: smaps_account of fs/proc/task_mmu.c, Linux 6.18.</summary>
public readonly record struct MemoryUse
{
    private const int PssShift = 12;
    private const long PageKiB = 4;

    /// <summary>Resident.</summary>
    public long Rss { get; private init; }

    /// <summary>Resident, each page divided by the number of its mappings.</summary>
    public long Pss { get; private init; }

    /// <summary>Mapped more than once, and the same as what lies behind it.</summary>
    public long SharedClean { get; private init; }

    /// <summary>Mapped more than once, and stored to.</summary>
    public long SharedDirty { get; private init; }

    /// <summary>Mapped once, and the same as what lies behind it.</summary>
    public long PrivateClean { get; private init; }

    /// <summary>Mapped once, and stored to.</summary>
    public long PrivateDirty { get; private init; }

    /// <summary>No file's.</summary>
    public long Anonymous { get; private init; }

    /// <summary>In swap.</summary>
    public long Swap { get; private init; }

    /// <summary>May be dropped: madvise(MADV_FREE).</summary>
    public long LazyFree { get; private init; }

    /// <summary>Pss of locked mappings.</summary>
    public long Locked { get; private init; }

    /// <summary>The sum of two mappings', each of which has been rounded to KiB.</summary>
    public static MemoryUse operator +(MemoryUse left, MemoryUse right) => new()
    {
        Rss = left.Rss + right.Rss,
        Pss = left.Pss + right.Pss,
        SharedClean = left.SharedClean + right.SharedClean,
        SharedDirty = left.SharedDirty + right.SharedDirty,
        PrivateClean = left.PrivateClean + right.PrivateClean,
        PrivateDirty = left.PrivateDirty + right.PrivateDirty,
        Anonymous = left.Anonymous + right.Anonymous,
        Swap = left.Swap + right.Swap,
        LazyFree = left.LazyFree + right.LazyFree,
        Locked = left.Locked + right.Locked,
    };

    /// <summary>What a mapping has, from its entries and the reverse map. Of a folio that was stored to, every page counts as dirty.</summary>
    public static unsafe MemoryUse Of(Mm mm, Vma vma, FrameArray<Frame> frames, ReverseMap reverseMap)
    {
        var use = new MemoryUse();
        ulong share = 0;
        ulong page = vma.Start;
        for (ulong* entry = mm.PageTable.NextUsed(ref page, vma.End); entry != null; page++, entry = mm.PageTable.NextUsed(ref page, vma.End))
        {
            ulong value = *entry;
            if (PageTableEntry.IsSwapped(value)) use = use with { Swap = use.Swap + PageKiB };
            if (!PageTableEntry.HasFrame(value) || PageTableEntry.IsZeroPage(value)) continue;
            ref Frame frame = ref frames[PageTableEntry.FrameOf(value).Value];
            bool isAnonymous = frame.Kind == FrameKind.Anonymous;
            bool isDirty = (value & PageTableEntry.Dirty) != 0 || (!isAnonymous && IsDirty(vma.File!.Object.Cache.Find(vma.OffsetOf(page)), frames));
            int mappings = reverseMap.CountOf(frame);
            share += (4096UL << PssShift) / (ulong)mappings;
            use = use with
            {
                Rss = use.Rss + PageKiB,
                SharedClean = use.SharedClean + (mappings > 1 && !isDirty ? PageKiB : 0),
                SharedDirty = use.SharedDirty + (mappings > 1 && isDirty ? PageKiB : 0),
                PrivateClean = use.PrivateClean + (mappings == 1 && !isDirty ? PageKiB : 0),
                PrivateDirty = use.PrivateDirty + (mappings == 1 && isDirty ? PageKiB : 0),
                Anonymous = use.Anonymous + (isAnonymous ? PageKiB : 0),
                LazyFree = use.LazyFree + (isAnonymous && !isDirty && (frame.Flags & FrameFlags.LazyFree) != 0 ? PageKiB : 0),
            };
        }
        // shmem_swap_usage: of shared memory all that lies in swap in the range, whoever mapped it.
        if (vma.File is { Object: { Kind: not FileKind.Disk } memory } && vma.Has(VmaFlags.Shared))
            use = use with { Swap = use.Swap + PageKiB * memory.Cache.SlotsIn(vma.OffsetOf(vma.Start), vma.OffsetOf(vma.End - 1) + 1).Count() };
        long pss = (long)(share >> 10 + PssShift);
        return use with { Pss = pss, Locked = vma.Has(VmaFlags.Locked) ? pss : 0 };
    }

    private static bool IsDirty(Folio? folio, FrameArray<Frame> frames) =>
        folio is not null && folio.Frames.Any(frame => (frames[frame.Value].Flags & FrameFlags.Dirty) != 0);
}
