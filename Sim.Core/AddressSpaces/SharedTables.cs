using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// Leaf tables that several address spaces have, as on-demand fork leaves them. Whoever wants to change one makes it its own first:
/// <code>
///   fork            both have the table, parked: loads go on, a store faults
///   others have it  a copy of its entries, the frames then mapped by both: what fork would have done at once
///   nobody else     its entries permit again what they did
/// </code>
/// W. Zhao, S. Gong, P. Fonseca, "On-demand-fork", EuroSys 2021.
/// </summary>
public sealed unsafe class SharedTables(FrameArray<Frame> frames, ReverseMap reverseMap, IPageRelease release, ITlbFlush tlbs, CounterSet counters)
{
    private const ulong LeafMask = LeafTables.Entries - 1;

    /// <summary>
    /// Whether the leaf of a page of a mapping can be given to a child whole: everything mapped in its range is private anonymous memory, which the child
    /// gets as it is.
    /// </summary>
    public static bool MayShare(Vma vma, ulong page)
    {
        ulong first = page & ~LeafMask, end = first + LeafTables.Entries;
        for (Vma? below = vma; below is not null && below.End > first; below = below.Previous)
        {
            if (!IsPlain(below)) return false;
        }
        for (Vma? above = vma.Next; above is not null && above.Start < end; above = above.Next)
        {
            if (!IsPlain(above)) return false;
        }
        return true;
    }

    /// <summary>Makes the leaf of a page the address space's own, if it is not. False when a frame for it was wanting; then nothing has changed.</summary>
    public bool TryMakeOwn(Mm mm, ulong page, ICharge payer)
    {
        if (mm.PageTable.ParkedLeaves == 0) return true;
        ulong* leaf = mm.PageTable.LeafOf(page);
        if (leaf == null || !LeafTables.HeaderOf(leaf).IsParked) return true;
        if (LeafTables.HeaderOf(leaf).Sharers > 0) return TryCopy(mm, page & ~LeafMask, leaf, payer);
        mm.PageTable.Unpark(leaf);
        payer.Charge(Cost.TableShare);
        return true;
    }

    /// <summary>
    /// Makes the leaves of a range the address space's own; of one that is to be unmapped, those that it covers in part, since whole ones are given up.
    /// False when a frame was wanting.
    /// </summary>
    public bool TryMakeOwn(Mm mm, ulong start, ulong end, bool isUnmapped, ICharge payer)
    {
        ulong page = start;
        for (ulong* leaf = mm.PageTable.NextParked(ref page, end); leaf != null; page += LeafTables.Entries, leaf = mm.PageTable.NextParked(ref page, end))
        {
            bool isWhole = page >= start && page + LeafTables.Entries <= end;
            if (!(isUnmapped && isWhole) && !TryMakeOwn(mm, page, payer)) return false;
        }
        return true;
    }

    /// <summary>Gives up an address space's part in the shared leaves that a range covers whole. Returns how many entries went, so that what they translated is flushed.</summary>
    public long Leave(Mm mm, ulong start, ulong end, ICharge payer)
    {
        long left = 0;
        ulong page = start;
        for (ulong* leaf = mm.PageTable.NextParked(ref page, end); leaf != null; page += LeafTables.Entries, leaf = mm.PageTable.NextParked(ref page, end))
        {
            if (page < start || page + LeafTables.Entries > end || LeafTables.HeaderOf(leaf).Sharers == 0) continue;
            payer.Charge(Cost.TableShare);
            mm.AddResident(-FramesIn(leaf));
            left += LeafTables.HeaderOf(leaf).Used;
            mm.PageTable.LeaveShared(page);
        }
        return left;
    }

    /// <summary>Pages that a leaf maps, the zero page aside.</summary>
    public static long FramesIn(ulong* leaf)
    {
        long count = 0;
        for (int i = 0; i < LeafTables.Entries; i++)
        {
            if (PageTableEntry.HasFrame(leaf[i]) && !PageTableEntry.IsZeroPage(leaf[i])) count++;
        }
        return count;
    }

    private static bool IsPlain(Vma vma) =>
        vma is { IsAnonymous: true, PageSize: PageSize.Base } && !vma.Has(VmaFlags.Shared | VmaFlags.DontCopy | VmaFlags.WipeOnFork | VmaFlags.PageFrames);

    /// <summary>The entries that the others keep stay parked no longer than their table: each page is now mapped by two tables, and copied at its next store.</summary>
    private bool TryCopy(Mm mm, ulong first, ulong* shared, ICharge payer)
    {
        ulong* own = mm.PageTable.TryReplaceShared(first, payer);
        if (own == null) return false;
        counters.Add(Counter.TableCopies);
        for (int i = 0; i < LeafTables.Entries; i++)
        {
            ulong value = shared[i];
            if (value == 0) continue;
            payer.Charge(Cost.EntryFork);
            if (PageTableEntry.IsSwapped(value)) release.ShareSlot(PageTableEntry.IndexOf(value));
            if (!PageTableEntry.HasFrame(value) || PageTableEntry.IsZeroPage(value))
            {
                PageTable.Set(own + i, value);
                continue;
            }
            value &= ~PageTableEntry.Parked;
            PageTable.Set(shared + i, value);
            ref Frame frame = ref frames[PageTableEntry.FrameOf(value).Value];
            frame.Flags |= FrameFlags.MaybeShared;
            reverseMap.Map(ref frame, own + i, value);
        }
        // The processor may have kept the entry above, which named the other table.
        tlbs.Flush(mm, first, first + LeafTables.Entries, payer);
        return true;
    }
}
