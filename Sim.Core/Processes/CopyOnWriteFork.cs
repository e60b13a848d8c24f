using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Processes;

/// <summary>
/// fork that copies page tables and no pages: copy_page_range of mm/memory.c, Linux 6.18. Only mappings that have an anon_vma are gone through, since any
/// other one's pages a fault finds again in their file. Entries of private mappings lose the right to be stored to on both sides, and what lies in swap
/// gets one more owner.
/// </summary>
public sealed unsafe class CopyOnWriteFork(FrameArray<Frame> frames, ReverseMap reverseMap, SwapArea swap, ITlbFlush tlbs) : IForkedPages
{
    /// <inheritdoc/>
    public bool TryCopy(Mm parent, Vma from, Mm child, Vma to, ICharge payer)
    {
        if (from.AnonVma is null && !from.Has(VmaFlags.PageFrames | VmaFlags.MixedMap)) return true;
        if (!child.PageTable.TryMakeTablesOf(parent.PageTable, from.Start, from.End, payer)) return false;
        bool isPrivate = !from.Has(VmaFlags.Shared);
        bool mustFlush = false;
        ulong page = from.Start;
        for (ulong* entry = parent.PageTable.NextUsed(ref page, from.End); entry != null; page++, entry = parent.PageTable.NextUsed(ref page, from.End))
        {
            ulong* copy = child.PageTable.Find(page);
            ulong value = *entry;
            payer.Charge(Cost.EntryFork);
            if (PageTableEntry.IsSwapped(value))
            {
                swap.Share(PageTableEntry.IndexOf(value));
                PageTable.Set(copy, value);
            }
            else if (PageTableEntry.IsZeroPage(value)) PageTable.Set(copy, value);
            else if (PageTableEntry.HasFrame(value))
            {
                if (isPrivate && (value & PageTableEntry.Writable) != 0)
                {
                    value &= ~PageTableEntry.Writable;
                    PageTable.Set(entry, value);
                    mustFlush = true;
                }
                ref Frame frame = ref frames[PageTableEntry.FrameOf(value).Value];
                if (frame.Kind == FrameKind.Anonymous) frame.Flags |= FrameFlags.MaybeShared;
                reverseMap.Map(ref frame, copy, value);
                child.AddResident(1);
            }
        }
        if (mustFlush) tlbs.Flush(parent.Index, from.Start, from.End, payer);
        return true;
    }
}
