using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Where a simulation spends its time: reference after reference through the TLB levels and, after a miss in all of them, the page table.
/// Compiled once for each policy and form of TLB, so that a policy that is told of every access is called directly and the others not at all.
/// <code>
///   first level -> lower levels -> walk -> present and permitted? set accessed, dirty; fill the TLB
///                                       `-> otherwise stop: the page-fault handler
/// </code>
/// Costs are in picoseconds.
/// </summary>
internal sealed unsafe class AccessLoop<TReclaim, TTlb>(SwapArea swap, CostModel costs, IEnumerable<TlbHierarchy> tlbs) : IAccessLoop
    where TReclaim : struct, IReclaimPolicy
    where TTlb : struct, ITlbPath<TTlb>
{
    private const ulong StoreReady = PageTableEntry.Writable | PageTableEntry.Dirty;

    /// <summary>How far ahead the entries of coming references are prefetched: a block's references are known (10 -> 19 M/s in a sketch of it).</summary>
    private const int PrefetchDistance = 16;

    /// <summary>How far ahead an entry is read to fetch what the reference needs next.</summary>
    private const int TargetDistance = 8;

    private readonly TTlb[] _tlbs = [.. tlbs.Select(TTlb.Of)];
    private readonly long _referenceCost = costs[Cost.Reference].Picoseconds;
    private readonly long _lowerHit = costs[Cost.LowerTlbHit].Picoseconds;
    private readonly long _walk = WalkCost(costs, PageTable.Levels);
    private readonly long _hugeWalk = WalkCost(costs, PageTable.Levels - 1);

    public bool Run(Cpu cpu, SimTask task, int end, SimTime horizon)
    {
        var domain = (ReclaimDomain<TReclaim>)task.Mm.Domain;
        PageTable table = task.Mm.PageTable;
        TTlb tlb = _tlbs[cpu.Number];
        nint* directory = table.Directory;
        byte* folioBits = domain.FolioBits.Pointer;
        ushort* mixed = domain.MixedNumbers;
        bool hasHuge = task.Mm.HugeMappings > 0;
        ulong asidBits = cpu.AsidBits;
        (long referenceCost, long lowerHit, long walk) = (_referenceCost, _lowerHit, _walk);
        long limit = horizon.Picoseconds - cpu.Now.Picoseconds;
        long elapsed = 0, references = 0, firstLevelMisses = 0, misses = 0;
        var beside = new Tally();
        ulong* slots = swap.Used > 0 ? swap.Pointer : null;
        bool faulted = false;
        int i = task.Position;
        fixed (ulong* words = task.Block)
        {
            if (task.CompletesFault && i < end)
            {
                task.CompletesFault = false;
                long cost = CompleteFault(cpu, table, words[i], hasHuge, folioBits, ref beside);
                faulted = cost < 0;
                elapsed = faulted ? ~cost : cost;
                if (!faulted) Count(words[i++], referenceCost, ref references, ref elapsed);
            }
            while (!faulted && i < end && elapsed < limit)
            {
                ulong word = words[i];
                ulong page = word >> ReferenceWord.PageShift;
                ulong store = word & ReferenceWord.Store;
                ulong key = TlbEntry.Key(page, asidBits);
                Prefetch(directory, words[i + PrefetchDistance] >> ReferenceWord.PageShift);
                if (slots != null) PrefetchTarget(directory, words[i + TargetDistance] >> ReferenceWord.PageShift, slots, folioBits);
                int level = tlb.Lookup(key, store);
                if (level != 0)
                {
                    if (hasHuge && table.FindHuge(page) is var huge && huge != null)
                    {
                        long cost = TranslateHuge(cpu, folioBits, huge, page, store, ref beside);
                        faulted = cost < 0;
                        elapsed += faulted ? ~cost : cost;
                        if (faulted) break;
                    }
                    else
                    {
                        firstLevelMisses++;
                        if (level > 0) elapsed += level * lowerHit;
                        else
                        {
                            misses++;
                            elapsed += walk;
                            ulong* entry = table.Find(page);
                            ulong value = entry == null ? 0 : *entry;
                            faulted = !Permits(value, store);
                            if (faulted) break;
                            MarkUsed(entry, ref value, store, folioBits);
                            tlb.Fill(WithRights(key, value), level == ITlbPath<TTlb>.HeldWithFewerRights);
                        }
                    }
                }
                if (TReclaim.View == AccessView.EveryAccess) Report(domain, directory, page, mixed);
                Count(word, referenceCost, ref references, ref elapsed);
                i++;
                if (TReclaim.IsProactive && domain.Policy.TrySelectSurplus(out _)) break;
            }
            if (faulted) cpu.Fault = (words[i] >> ReferenceWord.PageShift, (words[i] & ReferenceWord.Store) != 0);
        }
        task.Position = i;
        SimTime user = new(references * referenceCost);
        cpu.Spend(TimeCategory.User, user);
        cpu.Spend(TimeCategory.Translation, new SimTime(elapsed) - user);
        CounterSet counters = task.Process.Counters;
        counters.Add(Counter.References, references);
        counters.Add(Counter.TlbFirstLevelMisses, firstLevelMisses + beside.FirstLevelMisses);
        counters.Add(Counter.TlbMisses, misses + beside.Misses);
        counters.Add(Counter.WalkReferences, misses * PageTable.Levels + beside.WalkReferences);
        return faulted;
    }

    /// <summary>
    /// The reference whose own fault mapped its page: the processor walks again and this time succeeds. The miss has been counted, and neither the
    /// accessed bit nor the policy hears of it, which was told of the insertion. It faults again when the page has gone meanwhile.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long CompleteFault(Cpu cpu, PageTable table, ulong word, bool hasHuge, byte* folioBits, ref Tally tally)
    {
        ulong page = word >> ReferenceWord.PageShift;
        ulong store = word & ReferenceWord.Store;
        ulong* entry = hasHuge ? table.FindHuge(page) : null;
        bool isHuge = entry != null;
        if (!isHuge) entry = table.Find(page);
        tally.WalkReferences += isHuge ? PageTable.Levels - 1 : PageTable.Levels;
        long cost = isHuge ? _hugeWalk : _walk;
        if (entry == null || !Permits(*entry, store)) return ~cost;
        if (store != 0 && (*entry & PageTableEntry.Dirty) == 0)
        {
            *entry |= PageTableEntry.Dirty;
            folioBits[PageTableEntry.FrameOf(*entry).Value] |= FolioBits.Dirty;
        }
        // Another thread may have walked to the page while this one slept: a TLB holds a translation once.
        if (isHuge) cpu.Tlb.Fill(WithRights(TlbEntry.Key(page, TlbEntry.AsidOf(cpu.AsidBits), PageSize.Huge), *entry), mayRenew: true);
        else _tlbs[cpu.Number].Fill(WithRights(TlbEntry.Key(page, cpu.AsidBits), *entry), mayRenew: true);
        return cost;
    }

    /// <summary>A reference to a 2 MiB page.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long TranslateHuge(Cpu cpu, byte* folioBits, ulong* entry, ulong page, ulong store, ref Tally tally)
    {
        ulong key = TlbEntry.Key(page, TlbEntry.AsidOf(cpu.AsidBits), PageSize.Huge);
        if (cpu.Tlb.LookupFirst(key, store)) return 0;
        tally.FirstLevelMisses++;
        int level = cpu.Tlb.LookupLower(key, store);
        if (level > 0) return level * _lowerHit;
        tally.Misses++;
        tally.WalkReferences += PageTable.Levels - 1;
        if (!Permits(*entry, store)) return ~_hugeWalk;
        ulong value = *entry;
        MarkUsed(entry, ref value, store, folioBits);
        cpu.Tlb.Fill(WithRights(key, value), store != 0);
        return _hugeWalk;
    }

    /// <summary>What a walk leaves behind: the accessed bit, and after a store the dirty bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MarkUsed(ulong* entry, ref ulong value, ulong store, byte* folioBits)
    {
        ulong marked = value | store * PageTableEntry.Dirty;
        if (marked != value) *entry = value = marked;
        folioBits[PageTableEntry.FrameOf(value).Value] |= (byte)(FolioBits.Accessed | store * FolioBits.Dirty);
    }

    private static long WalkCost(CostModel costs, int levels) =>
        (levels - 1) * costs[Cost.WalkUpperEntry].Picoseconds + costs[Cost.WalkLeafEntry].Picoseconds;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WithRights(ulong key, ulong entry) => key | ((entry & StoreReady) == StoreReady ? TlbEntry.StoreAllowed : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Permits(ulong entry, ulong store)
    {
        ulong needed = PageTableEntry.Present | store * PageTableEntry.Writable;
        return (entry & needed) == needed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(ulong word, long referenceCost, ref long references, ref long elapsed)
    {
        long repeat = (long)(word >> ReferenceWord.RepeatShift & ReferenceWord.RepeatMask);
        references += repeat;
        elapsed += referenceCost * repeat;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(nint* directory, ulong page)
    {
        if (!Sse.IsSupported) return;
        nint middle = directory[page >> 18 & (PageTable.PageLimit - 1 >> 18)];
        if (middle != 0) Sse.Prefetch0((ulong*)(((ulong*)middle)[page >> 9 & 511] & ~PageTableEntry.Present) + (page & 511));
    }

    /// <summary>Of a page that is present the walk sets the hardware's bits; of one that lies in swap the handler asks the slot which page it holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchTarget(nint* directory, ulong page, ulong* slots, byte* folioBits)
    {
        if (!Sse.IsSupported) return;
        nint middle = directory[page >> 18 & (PageTable.PageLimit - 1 >> 18)];
        ulong leaf = middle == 0 ? 0 : ((ulong*)middle)[page >> 9 & 511];
        if (leaf == 0 || (leaf & PageTableEntry.Present) != 0) return;
        ulong entry = ((ulong*)leaf)[page & 511];
        // Which of the two cannot be foreseen: chosen without a branch.
        nint slot = (nint)(slots + PageTableEntry.IndexOf(entry)), bits = (nint)folioBits + PageTableEntry.FrameOf(entry).Value;
        nint isPresent = -(nint)(entry & PageTableEntry.Present);
        Sse.Prefetch0((void*)(slot ^ (slot ^ bits) & isPresent));
    }

    /// <summary>
    /// Tells the policy of an access whose translation has just succeeded. Not of one through a translation that another CPU has taken away, of
    /// which this one will hear a cross-CPU latency later; nor of huge pages and the zero page, which are not under replacement.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Report(ReclaimDomain<TReclaim> domain, nint* directory, ulong page, ushort* mixed)
    {
        nint middle = directory[page >> 18];
        ulong leaf = middle == 0 ? 0 : ((ulong*)middle)[page >> 9 & 511];
        if (leaf == 0 || (leaf & PageTableEntry.Present) != 0) return;
        ulong entry = ((ulong*)leaf)[page & 511];
        if ((entry & (PageTableEntry.Present | PageTableEntry.ZeroPage)) != PageTableEntry.Present) return;
        FrameNumber folio = PageTableEntry.FrameOf(entry);
        if (mixed != null && mixed[folio.Value] != domain.Number) domain.ReportElsewhere(folio);
        else domain.Policy.OnAccess(folio);
    }

    /// <summary>What the paths beside the loop count: by reference, which the loop's own counts must not be to stay in registers.</summary>
    private struct Tally
    {
        public long FirstLevelMisses;
        public long Misses;
        public long WalkReferences;
    }
}
