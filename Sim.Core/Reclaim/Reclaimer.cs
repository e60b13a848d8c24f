using System;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>
/// Direct reclaim: finds a frame for a page that comes in, by taking pages from the policy's victims when the domain or the machine is full.
/// </summary>
public sealed unsafe class Reclaimer
{
    /// <summary>Pages that global reclaim takes at a time: SWAP_CLUSTER_MAX.</summary>
    public const int GlobalBatch = 32;

    private readonly FrameArray<Frame> _frames;
    private readonly ReverseMap _reverseMap;
    private readonly PageAllocator _allocator;
    private readonly SwapArea _swap;
    private readonly ITlbFlush _tlbs;
    private readonly TransferTable _writeback;
    private readonly LeafOwners _owners;
    private readonly FrameDomains _domains;
    private readonly FrameArray<byte> _folioBits;
    private readonly FrameNumber[] _victims;

    /// <summary>A reclaimer that takes <paramref name="batch"/> victims at a time.</summary>
    public Reclaimer(FrameArray<Frame> frames, ReverseMap reverseMap, FrameArray<byte> folioBits, PageAllocator allocator, SwapArea swap, ITlbFlush tlbs, TransferTable writeback,
        LeafOwners owners, FrameDomains domains, int batch)
    {
        _frames = frames;
        _reverseMap = reverseMap;
        _folioBits = folioBits;
        _allocator = allocator;
        _swap = swap;
        _tlbs = tlbs;
        _writeback = writeback;
        _owners = owners;
        _domains = domains;
        _victims = new FrameNumber[batch];
    }

    /// <summary>How pages of files leave; null where there are none under replacement.</summary>
    internal FileEviction? Files { get; set; }

    /// <summary>What was read ahead of swap; null where nothing is.</summary>
    internal SwapCache? SwapCache { get; set; }

    /// <summary>Who follows what frames and slots hold; null for nobody.</summary>
    public IPageContents? Contents { get; set; }

    /// <summary>
    /// A frame for a page of <paramref name="domain"/>, which has been told of the fault. Where memory is short and not the domain full, what the domains of
    /// ended processes still hold goes first: nobody answers for it any more.
    /// </summary>
    public FrameGrant Take(IReclaimDomain domain, ICharge payer, CounterSet faulter)
    {
        if (TryTakeFree(domain, payer, out FrameNumber frame)) return new FrameGrant(FrameGrantKind.Ready, frame);
        faulter.Add(Counter.Allocstall);
        bool congested = false;
        for (int i = 0; i < _domains.Abandoned.Count && domain.Resident < domain.Capacity; i++)
        {
            FrameGrant grant = TakeFrom(_domains.Abandoned[i], payer, faulter, ref congested);
            if (grant.Kind is FrameGrantKind.Ready or FrameGrantKind.MustWrite) return grant;
        }
        return TakeFrom(domain, payer, faulter, ref congested);
    }

    private FrameGrant TakeFrom(IReclaimDomain domain, ICharge payer, CounterSet faulter, ref bool congested)
    {
        for (int attempts = 2 * domain.Resident / _victims.Length + 2; attempts > 0; attempts--)
        {
            int count = domain.SelectVictims(_victims);
            if (count == 0) break;
            FrameGrant grant = Evict(domain, _victims.AsSpan(0, count), payer, faulter, ref congested);
            if (grant.Kind is FrameGrantKind.Ready or FrameGrantKind.MustWrite) return grant;
        }
        return new FrameGrant(congested ? FrameGrantKind.Congested : FrameGrantKind.OutOfMemory, default);
    }

    /// <summary>Makes room for the kernel's own needs. False when nothing could be freed at once.</summary>
    public bool TryFreeSome(IReclaimDomain domain, ICharge payer, CounterSet faulter)
    {
        if (!TryTake(domain, payer, faulter, out FrameGrant grant)) return false;
        Release(grant, payer);
        return true;
    }

    /// <summary>A frame that is to be had at once. Otherwise false, and the grant says only why: a victim that must be written first goes free after that.</summary>
    internal bool TryTake(IReclaimDomain domain, ICharge payer, CounterSet faulter, out FrameGrant grant)
    {
        grant = Take(domain, payer, faulter);
        if (grant.Kind == FrameGrantKind.Ready) return true;
        Release(grant, payer);
        return false;
    }

    /// <summary>Evicts what the policy wants gone although no room is needed. Counted as direct reclaim.</summary>
    public void EvictSurplus(IReclaimDomain domain, ICharge payer, CounterSet faulter)
    {
        bool congested = false;
        while (domain.TrySelectSurplus(out FrameNumber folio))
            Release(Evict(domain, new ReadOnlySpan<FrameNumber>(in folio), payer, faulter, ref congested), payer);
    }

    /// <summary>Takes a frame back that was granted and turned out not to be needed.</summary>
    public void Release(FrameGrant grant, ICharge payer)
    {
        if (grant.Kind == FrameGrantKind.Ready) _allocator.Free(grant.Frame, 0, payer.Cpu);
        else if (grant.Kind == FrameGrantKind.MustWrite) _writeback.WriteAndFree(grant.Frame, payer);
    }

    /// <summary>A frame that is free, if the domain may have one more.</summary>
    internal bool TryTakeFree(IReclaimDomain domain, ICharge payer, out FrameNumber frame)
    {
        frame = default;
        if (domain.Resident >= domain.Capacity) return false;
        if (!_allocator.TryAllocate(0, FrameKind.Anonymous, AllocationFlags.User, payer, out frame)) return false;
        payer.Charge(Cost.FrameAllocate);
        return true;
    }

    /// <summary>Evicts what it can. The first clean page's frame is granted, otherwise the first dirty one's; the rest goes free.</summary>
    private FrameGrant Evict(IReclaimDomain domain, ReadOnlySpan<FrameNumber> victims, ICharge payer, CounterSet faulter, ref bool congested)
    {
        int granted = -1, grantedDirty = -1;
        foreach (FrameNumber victim in victims)
        {
            payer.Charge(Cost.ReclaimScan);
            faulter.Add(Counter.PgscanDirect);
            ref Frame frame = ref _frames[victim.Value];
            bool inTransit = (frame.Flags & FrameFlags.InTransit) != 0;
            if (frame.Kind == FrameKind.PageCache)
            {
                if (inTransit || !Files!.TryEvict(domain, victim, payer, out Folio? leaving))
                {
                    congested |= inTransit;
                    domain.OnPutBack(victim);
                    continue;
                }
                faulter.Add(Counter.PgstealDirect);
                if (leaving is null)
                {
                    if (granted < 0) granted = victim.Value;
                    else _allocator.Free(victim, 0, payer.Cpu);
                }
                else
                {
                    _writeback.Leave(victim, leaving);
                    if (grantedDirty < 0) grantedDirty = victim.Value;
                    else _writeback.WriteAndFree(victim, payer);
                }
                continue;
            }
            bool isDirty = (_folioBits[victim.Value] & FolioBits.Dirty) != 0;
            bool isDropped = (frame.Flags & FrameFlags.LazyFree) != 0 && !isDirty;
            if ((frame.Flags & FrameFlags.KeptMask) != 0 || (!isDropped && !TryKeepSlot(victim, ref isDirty)))
            {
                congested |= inTransit;
                domain.OnPutBack(victim);
                continue;
            }
            if (!isDropped) Contents?.OnWriteOut(victim, frame.SwapSlot, isDirty);
            Unmap(domain, victim, isDropped, payer);
            if (!isDirty || _writeback.TryWriteNow(payer))
            {
                if (granted < 0) granted = victim.Value;
                else _allocator.Free(victim, 0, payer.Cpu);
            }
            else if (grantedDirty < 0) grantedDirty = victim.Value;
            else _writeback.WriteAndFree(victim, payer);
            faulter.Add(Counter.PgstealDirect);
        }
        if (granted >= 0)
        {
            if (grantedDirty >= 0) _writeback.WriteAndFree(new FrameNumber(grantedDirty), payer);
            return new FrameGrant(FrameGrantKind.Ready, new FrameNumber(granted));
        }
        return grantedDirty >= 0
            ? new FrameGrant(FrameGrantKind.MustWrite, new FrameNumber(grantedDirty))
            : new FrameGrant(FrameGrantKind.Congested, default);
    }

    /// <summary>
    /// A page that has never been written out gets a slot, and must be written: what it holds exists nowhere else. So does one that was stored to while
    /// another process still has its slot's old contents.
    /// </summary>
    private bool TryKeepSlot(FrameNumber victim, ref bool isDirty)
    {
        ref Frame frame = ref _frames[victim.Value];
        if (frame.SwapSlot >= 0 && !(isDirty && _swap.IsShared(frame.SwapSlot))) return true;
        if (!_swap.TryAllocate(frame.Identity, out int slot)) return false;
        if (frame.SwapSlot >= 0) _swap.Free(frame.SwapSlot);
        frame.SwapSlot = slot;
        _folioBits[victim.Value] |= FolioBits.Dirty;
        isDirty = true;
        return true;
    }

    /// <summary>Takes a page's mappings away, leaving its slot and what the policy remembers of it, or nothing.</summary>
    private void Unmap(IReclaimDomain domain, FrameNumber victim, bool isDropped, ICharge payer)
    {
        ref Frame frame = ref _frames[victim.Value];
        ulong* entry = ReverseMap.EntryOf(frame);
        VictimPrefetch.Passing(_frames, victim.Value);
        Shadow shadow = domain.OnEvict(victim, frame.Identity);
        if (!isDropped) SwapCache?.OnEvicted(frame.SwapSlot, hasOneOwner: !_swap.IsShared(frame.SwapSlot));
        if (entry == null || isDropped)
        {
            UnmapAll(ref frame, isDropped ? 0 : PageTableEntry.OfSlot(frame.SwapSlot, shadow), payer);
            return;
        }
        ReverseMap.Evict(ref frame, PageTableEntry.OfSlot(frame.SwapSlot, shadow));
        payer.Charge(Cost.ReclaimUnmap);
        _owners.OnUnmapped(entry, _tlbs, payer);
    }

    /// <summary>The same for a page that several mappings have, each of which then owns its slot too; or that nothing remains of.</summary>
    private void UnmapAll(ref Frame frame, ulong remains, ICharge payer)
    {
        int owners = 0;
        for (ulong* entry = _reverseMap.First(frame, out _); entry != null; entry = _reverseMap.First(frame, out _))
        {
            _reverseMap.Unmap(ref frame, entry, remains);
            payer.Charge(Cost.ReclaimUnmap);
            _owners.OnUnmapped(entry, _tlbs, payer);
            if (owners++ > 0 && remains != 0) _swap.Share(frame.SwapSlot);
        }
    }
}
