using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Moves pages of processes from frame to frame. A page that is moved is at the head of its domain's lists, as one that Linux puts back after
/// migration: for the policy it has gone and come again.
/// </summary>
internal sealed unsafe class PageMover(FrameArray<Frame> frames, ReverseMap reverseMap, FrameArray<byte> folioBits, ITlbFlush tlbs, LeafOwners owners,
    FrameDomains domains, Fragmentation? fillers) : IPageMover
{
    /// <summary>Who follows what frames hold; null for nobody.</summary>
    public IPageContents? Contents { get; init; }

    public bool TryMove(FrameNumber from, FrameNumber to, ICharge payer)
    {
        ref Frame source = ref frames[from.Value];
        ref Frame target = ref frames[to.Value];
        if (source.Kind == FrameKind.Filler)
        {
            target = source;
            fillers!.OnMoved(to, frames);
            return true;
        }
        ulong* entry = ReverseMap.EntryOf(source);
        // A page that several processes map stays where it is.
        if (entry == null || LeafTables.HeaderOf(entry).Sharers > 0) return false;
        Mm mm = owners.Of(entry);
        IReclaimDomain domain = domains.Of(from);
        ulong page = LeafTables.PageOf(entry).Value;
        ulong moved = PageTableEntry.WithFrame(*entry, to);
        target.Hold(source.Kind, source.Identity, source.SwapSlot, source.Flags);
        folioBits[to.Value] = folioBits[from.Value];
        Contents?.OnCopy(from, to);
        domain.OnFree(from);
        reverseMap.Unmap(ref source, entry, 0);
        reverseMap.Map(ref target, entry, moved);
        domain.OnFault(target.Identity, Shadow.None);
        domains.Charge(to, domain, target.Identity);
        tlbs.Flush(mm, page, page + 1, payer);
        return true;
    }
}
