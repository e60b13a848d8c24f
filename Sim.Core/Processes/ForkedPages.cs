using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Processes;

/// <summary>
/// What a child gets of its parent's pages: copy_page_range of mm/memory.c, Linux 6.18, where the `fork` policy does not want it otherwise. Only mappings
/// that have an anon_vma are gone through, since any other one's pages a fault finds again in their file.
/// <code>
///   leaf table                       shared whole, if the policy shares it
///   page that a device is moving     waited for
///   page in swap                     its slot has one more owner, whatever the policy: each reads a copy of its own
///   page of private memory           copied, if the policy copies it; otherwise it loses the right to be stored to on both sides
/// </code>
/// </summary>
public sealed unsafe class ForkedPages : IForkedPages
{
    private readonly IForkPolicy _policy;
    private readonly FaultParts _parts;
    private readonly NewPages _pages;
    private readonly CounterSet _counters;

    /// <summary>A fork by a policy, with the parts and the new pages of a fault handler. Shared tables are counted in <paramref name="counters"/>.</summary>
    public ForkedPages(IForkPolicy policy, FaultParts parts, FaultHandler faults, CounterSet counters)
    {
        _policy = policy;
        _parts = parts;
        _pages = faults.Pages;
        _counters = counters;
    }

    /// <inheritdoc/>
    public ForkOutcome Copy(ForkInProgress fork, Vma from, Vma to, ICharge payer)
    {
        if (from.AnonVma is null && !from.Has(VmaFlags.PageFrames | VmaFlags.MixedMap)) return ForkOutcome.Done;
        bool mustFlush = false;
        ulong start = fork.Page;
        ForkOutcome outcome = ForkOutcome.Done;
        while (outcome == ForkOutcome.Done && fork.Page < from.End)
        {
            ulong page = fork.Page;
            ulong* leaf = fork.Parent.PageTable.NextLeaf(ref page, from.End);
            fork.Page = ulong.Min(page, from.End);
            if (leaf == null) break;
            bool isShared = IsFreeToShare(fork, leaf) && SharedTables.MayShare(from, page) && _policy.SharesTable(fork.Parent, page);
            outcome = isShared ? Share(fork, leaf, ref mustFlush, payer) : CopyLeaf(fork, from, to, ref mustFlush, payer);
        }
        // Tables above the leaves that hold nothing are made all the same.
        if (outcome == ForkOutcome.Done && !fork.Child.PageTable.TryMakeMiddlesOf(fork.Parent.PageTable, from.Start, from.End, payer)) outcome = ForkOutcome.OutOfMemory;
        if (mustFlush) Flush(fork, start, from.End, payer);
        return outcome;
    }

    /// <summary>Where tables were shared, what other mappings have in them is flushed as well.</summary>
    private void Flush(ForkInProgress fork, ulong start, ulong end, ICharge payer)
    {
        bool mayReachOut = fork.Parent.PageTable.ParkedLeaves > 0;
        const ulong mask = LeafTables.Entries - 1;
        _parts.Tlbs.Flush(fork.Parent, mayReachOut ? start & ~mask : start, mayReachOut ? end + mask & ~mask : end, payer);
    }

    /// <summary>Gives the child a part in a whole leaf table. Pages that a device is moving are waited for: their entries are written when it is done.</summary>
    private ForkOutcome Share(ForkInProgress fork, ulong* leaf, ref bool mustFlush, ICharge payer)
    {
        ulong first = LeafTables.HeaderOf(leaf).FirstPage, next = first + LeafTables.Entries;
        if (fork.Child.PageTable.LeafOf(first) != leaf)
        {
            for (int i = 0; i < LeafTables.Entries; i++)
            {
                if (Waits(fork, leaf[i])) return ForkOutcome.MustWait;
            }
            payer.Charge(Cost.TableShare);
            mustFlush |= !LeafTables.HeaderOf(leaf).IsParked;
            if (!fork.Child.PageTable.TryShareLeaf(fork.Parent.PageTable, first, payer)) return ForkOutcome.OutOfMemory;
            fork.Child.AddResident(SharedTables.FramesIn(leaf));
            _counters.Add(Counter.TablesShared);
        }
        fork.Page = next;
        return ForkOutcome.Done;
    }

    /// <summary>Gives the child a leaf table of its own, and the entries of the parent's that lie in the mapping.</summary>
    private ForkOutcome CopyLeaf(ForkInProgress fork, Vma from, Vma to, ref bool mustFlush, ICharge payer)
    {
        ulong end = ulong.Min((fork.Page | (LeafTables.Entries - 1)) + 1, from.End);
        if (!_parts.Tables.TryMakeOwn(fork.Parent, fork.Page, payer) || fork.Child.PageTable.Make(fork.Page, payer) == null) return ForkOutcome.OutOfMemory;
        while (true)
        {
            ulong page = fork.Page;
            ulong* entry = fork.Parent.PageTable.NextUsed(ref page, end);
            fork.Page = entry == null ? end : page;
            if (entry == null) return ForkOutcome.Done;
            ForkOutcome outcome = CopyEntry(fork, to, entry, ref mustFlush, payer);
            if (outcome != ForkOutcome.Done) return outcome;
            fork.Page++;
        }
    }

    private ForkOutcome CopyEntry(ForkInProgress fork, Vma to, ulong* entry, ref bool mustFlush, ICharge payer)
    {
        ulong value = *entry;
        if (Waits(fork, value)) return ForkOutcome.MustWait;
        ulong* copy = fork.Child.PageTable.Find(fork.Page);
        bool hasFrame = PageTableEntry.HasFrame(value) && !PageTableEntry.IsZeroPage(value);
        bool isOwn = hasFrame && !to.Has(VmaFlags.Shared) && _parts.Frames[PageTableEntry.FrameOf(value).Value].Kind == FrameKind.Anonymous;
        if (isOwn && _policy.CopiesPage(to, fork.Page)) return CopyPage(fork, to, entry, copy, ref mustFlush, payer);
        payer.Charge(Cost.EntryFork);
        if (PageTableEntry.IsSwapped(value)) _parts.Swap.Share(PageTableEntry.IndexOf(value));
        if (!hasFrame)
        {
            PageTable.Set(copy, value);
            return ForkOutcome.Done;
        }
        if (!to.Has(VmaFlags.Shared) && (value & PageTableEntry.Writable) != 0)
        {
            value &= ~PageTableEntry.Writable;
            PageTable.Set(entry, value);
            mustFlush = true;
        }
        ref Frame frame = ref _parts.Frames[PageTableEntry.FrameOf(value).Value];
        if (frame.Kind == FrameKind.Anonymous) frame.Flags |= FrameFlags.MaybeShared;
        _parts.ReverseMap.Map(ref frame, copy, value);
        fork.Child.AddResident(1);
        return ForkOutcome.Done;
    }

    /// <summary>A page for the child with what the parent's holds. Making room for it may take the parent's page, whose slot the child then has a part in.</summary>
    private ForkOutcome CopyPage(ForkInProgress fork, Vma to, ulong* entry, ulong* copy, ref bool mustFlush, ICharge payer)
    {
        ulong value = *entry;
        PageIdentity identity = _pages.NextIdentity();
        if (!_pages.TryTake(fork.Child.Domain, fork.Task, payer, fork.Counters, identity, Shadow.None, out FrameGrant grant, out FaultOutcome outcome))
            return outcome == FaultOutcome.OutOfMemory ? ForkOutcome.OutOfMemory : ForkOutcome.MustWait;
        if (*entry != value || grant.Kind == FrameGrantKind.MustWrite)
        {
            bool mustWait = grant.Kind == FrameGrantKind.MustWrite;
            if (mustWait) _parts.Transfers.JoinAny(fork.Task);
            _parts.Reclaimer.Release(grant, payer);
            if (mustWait) return ForkOutcome.MustWait;
            return CopyEntry(fork, to, entry, ref mustFlush, payer);
        }
        payer.Charge(Cost.PageCopy);
        fork.Counters.Add(Counter.ForkCopies);
        _parts.Contents?.OnCopy(PageTableEntry.FrameOf(value), grant.Frame);
        _pages.Install(grant.Frame, identity, -1, FrameFlags.None, isDirty: false, fork.Child.Domain, fork.Counters, payer);
        bool isWritable = to.Has(VmaFlags.Write);
        ulong mapping = PageTableEntry.WithAccess(PageTableEntry.OfFrame(grant.Frame, 0), to.Has(VmaFlags.AccessMask), isWritable);
        _parts.ReverseMap.Map(ref _parts.Frames[grant.Frame.Value], copy, mapping);
        fork.Child.AddResident(1);
        return ForkOutcome.Done;
    }

    /// <summary>Whether there is something in a leaf, and the child has no other in its place.</summary>
    private static bool IsFreeToShare(ForkInProgress fork, ulong* leaf)
    {
        LeafHeader header = LeafTables.HeaderOf(leaf);
        ulong* there = fork.Child.PageTable.LeafOf(header.FirstPage);
        return header.Used > 0 && (there == null || there == leaf);
    }

    private bool Waits(ForkInProgress fork, ulong value)
    {
        if (!PageTableEntry.IsInTransit(value)) return false;
        _parts.Transfers.Join(PageTableEntry.IndexOf(value), fork.Task);
        return true;
    }
}
