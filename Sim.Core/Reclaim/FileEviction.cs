using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>
/// How pages of files leave memory under reclaim: at once where the file has what they hold, otherwise when that is written, to the file or, of shared memory, to swap.
/// shrink_folio_list and __remove_mapping of mm/vmscan.c, Linux 6.18.
/// </summary>
internal sealed class FileEviction(PageCache cache, PageCacheParts parts)
{
    /// <summary>
    /// Takes a victim of reclaim out of its file and from every address space that maps it; its folio becomes single pages. False for shared memory for which there is
    /// no swap.
    /// </summary>
    /// <param name="domain">Whose victim it is.</param>
    /// <param name="victim">The frame, which no device is at work on.</param>
    /// <param name="payer">Who pays.</param>
    /// <param name="leaving">The page if it must be written: its frame is free then. Null where it is free at once.</param>
    public bool TryEvict(IReclaimDomain domain, FrameNumber victim, ICharge payer, out Folio? leaving)
    {
        leaving = null;
        ref Frame frame = ref parts.Frames[victim.Value];
        if ((frame.Flags & FrameFlags.KeptMask) != 0) return false;
        PageIdentity page = frame.Identity;
        bool isMemory = (frame.Flags & FrameFlags.Memory) != 0;
        bool isDirty = (frame.Flags & FrameFlags.Dirty) != 0 || (parts.FolioBits[victim.Value] & FolioBits.Dirty) != 0;
        int slot = -1;
        // What was never stored to is zero again when it is wanted.
        if (isMemory && isDirty && !parts.Swap.TryAllocate(page, out slot)) return false;
        if (slot >= 0) parts.Contents?.OnWriteOut(victim, slot, isWritten: true);
        Folio folio = cache.FolioOf(frame);
        if (folio.Pages > 1) folio = cache.BreakUp(folio)[(int)(page.FilePage - folio.Start)];
        cache.UnmapAll(ref frame, payer, Cost.ReclaimUnmap);
        Shadow shadow = domain.OnEvict(victim, page);
        if ((frame.Flags & FrameFlags.Dirty) == 0 && !(isMemory && isDirty))
        {
            folio.File.Cache.Remove(folio);
            folio.File.Cache.Remember(page.FilePage, shadow);
            return true;
        }
        if (!isMemory) parts.Contents?.OnFileWrite(victim, page);
        cache.Writeback.ClearDirty(ref frame);
        (folio.IsLeaving, folio.Shadow, folio.SwapSlot) = (true, shadow, slot);
        if (isMemory && parts.Transfers.TryWriteNow(payer))
        {
            OnLeft(folio);
            return true;
        }
        if (!isMemory) cache.Writeback.Leaving++;
        leaving = folio;
        return true;
    }

    /// <summary>A victim has been written: who waited for it finds it gone.</summary>
    public void OnLeft(Folio folio)
    {
        folio.IsLeaving = false;
        if (folio.SwapSlot < 0) cache.Writeback.Leaving--;
        else if (folio.IsGone) parts.Requests.GiveUpSlot(folio);
        if (folio.IsGone) return;
        folio.File.Cache.Remove(folio);
        folio.File.Cache.Remember(folio.Start, folio.Shadow, folio.SwapSlot);
    }
}
