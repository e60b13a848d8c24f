using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Where a simulation spends its time: reference after reference through the TLB levels and, after a miss in all of them, the page table.
/// Compiled once for each policy, so that a policy that is told of every access is called directly and the others not at all.
/// <code>
///   first level -> lower levels -> walk -> present and permitted? set accessed, dirty; fill the TLB
///                                       `-> otherwise stop: the page-fault handler
/// </code>
/// </summary>
internal sealed unsafe class AccessLoop<TReclaim> : IAccessLoop
    where TReclaim : struct, IReclaimPolicy
{
    /// <summary>How far ahead the entries of coming references are prefetched: a block's references are known (10 -> 19 M/s in a sketch of it).</summary>
    private const int PrefetchDistance = 8;

    private const ulong StoreReady = PageTableEntry.Writable | PageTableEntry.Dirty;

    public bool Run(Cpu cpu, SimTask task, int end, SimTime horizon)
    {
        var domain = (ReclaimDomain<TReclaim>)task.Mm.Domain;
        nint* directory = task.Mm.PageTable.Directory;
        TlbArray firstLevel = cpu.Tlb.FirstBase;
        ulong asidBits = cpu.AsidBits;
        long referenceCost = cpu.Costs[Cost.Reference].Picoseconds;
        long limit = horizon.Picoseconds - cpu.Now.Picoseconds;
        var tally = new AccessTally();
        bool faulted = false;
        int i = task.Position;
        if (task.CompletesFault && i < end)
        {
            faulted = !TryCompleteFault(cpu, task, ref tally);
            i = task.Position;
        }
        fixed (ulong* words = task.Block)
        {
            while (!faulted && i < end && tally.Elapsed < limit)
            {
                ulong word = words[i];
                ulong page = word >> ReferenceWord.PageShift;
                ulong store = word & ReferenceWord.Store;
                ulong key = TlbEntry.Key(page, asidBits);
                Prefetch(directory, words[i + PrefetchDistance] >> ReferenceWord.PageShift);
                ulong entry = firstLevel.Lookup(key);
                if ((entry == 0 || (store & ~entry) != 0) && !Translate(cpu, task.Mm, page, key, store, ref tally))
                {
                    cpu.Fault = (page, store != 0);
                    faulted = true;
                    break;
                }
                if (TReclaim.View == AccessView.EveryAccess) Report(ref domain.Policy, task.Mm, page);
                long repeat = (long)(word >> ReferenceWord.RepeatShift & ReferenceWord.RepeatMask);
                tally.References += repeat;
                tally.Elapsed += referenceCost * repeat;
                i++;
            }
        }
        task.Position = i;
        tally.Book(cpu, task.Process.Counters, referenceCost);
        return faulted;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(nint* directory, ulong page)
    {
        if (!Sse.IsSupported) return;
        nint middle = directory[page >> 18 & (PageTable.PageLimit - 1 >> 18)];
        if (middle != 0) Sse.Prefetch0((ulong*)(((ulong*)middle)[page >> 9 & 511] & ~PageTableEntry.Present) + (page & 511));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Report(ref TReclaim policy, Mm mm, ulong page)
    {
        ulong* entry = mm.PageTable.Find(page);
        if (entry != null) policy.OnAccess(PageTableEntry.FrameOf(*entry));
    }

    /// <summary>Below the first level. False when the page is absent or does not permit the access.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Translate(Cpu cpu, Mm mm, ulong page, ulong key, ulong store, ref AccessTally tally)
    {
        if (mm.HugeMappings > 0 && TranslateHuge(cpu, mm, page, key, store, ref tally) is { } isPermitted) return isPermitted;
        tally.FirstLevelMisses++;
        int level = cpu.Tlb.LookupLower(key, store);
        if (level > 0)
        {
            tally.Elapsed += level * cpu.Costs[Cost.LowerTlbHit].Picoseconds;
            return true;
        }
        return Walk(cpu, mm.PageTable.Find(page), key, store, PageTable.Levels, ref tally);
    }

    /// <summary>Null when no huge page is there: then it is looked up as a base page.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool? TranslateHuge(Cpu cpu, Mm mm, ulong page, ulong key, ulong store, ref AccessTally tally)
    {
        ulong* entry = mm.PageTable.FindHuge(page);
        if (entry == null) return null;
        ulong huge = TlbEntry.Key(page, TlbEntry.AsidOf(key), PageSize.Huge);
        if (cpu.Tlb.LookupFirst(huge, store)) return true;
        tally.FirstLevelMisses++;
        int level = cpu.Tlb.LookupLower(huge, store);
        if (level == 0) return Walk(cpu, entry, huge, store, PageTable.Levels - 1, ref tally);
        tally.Elapsed += level * cpu.Costs[Cost.LowerTlbHit].Picoseconds;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Walk(Cpu cpu, ulong* entry, ulong key, ulong store, int levels, ref AccessTally tally)
    {
        tally.Misses++;
        ChargeWalk(cpu, levels, ref tally);
        if (entry == null) return false;
        ulong value = *entry;
        if ((value & PageTableEntry.Present) == 0 || (store != 0 && (value & PageTableEntry.Writable) == 0)) return false;
        value |= PageTableEntry.Accessed | (store != 0 ? PageTableEntry.Dirty : 0);
        *entry = value;
        cpu.Tlb.Fill(key | StoreFlag(value));
        return true;
    }

    /// <summary>
    /// The reference whose own fault mapped its page: the processor walks again and this time succeeds. The miss has been counted, and neither the
    /// accessed bit nor the policy hears of it, which was told of the insertion. False when the page has gone again meanwhile.
    /// </summary>
    private static bool TryCompleteFault(Cpu cpu, SimTask task, ref AccessTally tally)
    {
        task.CompletesFault = false;
        ulong word = task.Block[task.Position];
        ulong page = word >> ReferenceWord.PageShift;
        ulong store = word & ReferenceWord.Store;
        ulong* entry = task.Mm.PageTable.FindHuge(page);
        bool isHuge = entry != null;
        if (!isHuge) entry = task.Mm.PageTable.Find(page);
        ChargeWalk(cpu, isHuge ? PageTable.Levels - 1 : PageTable.Levels, ref tally);
        ulong value = entry == null ? 0 : *entry;
        if ((value & PageTableEntry.Present) == 0 || (store != 0 && (value & PageTableEntry.Writable) == 0))
        {
            cpu.Fault = (page, store != 0);
            return false;
        }
        if (store != 0) *entry = value | PageTableEntry.Dirty;
        ulong key = isHuge
            ? TlbEntry.Key(page, TlbEntry.AsidOf(cpu.AsidBits), PageSize.Huge)
            : TlbEntry.Key(page, cpu.AsidBits);
        cpu.Tlb.Fill(key | StoreFlag(*entry));
        long repeat = (long)(word >> ReferenceWord.RepeatShift & ReferenceWord.RepeatMask);
        tally.References += repeat;
        tally.Elapsed += cpu.Costs[Cost.Reference].Picoseconds * repeat;
        task.Position++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong StoreFlag(ulong entry) =>
        (entry & StoreReady) == StoreReady ? TlbEntry.StoreAllowed : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ChargeWalk(Cpu cpu, int levels, ref AccessTally tally)
    {
        tally.WalkReferences += levels;
        tally.Elapsed += (levels - 1) * cpu.Costs[Cost.WalkUpperEntry].Picoseconds + cpu.Costs[Cost.WalkLeafEntry].Picoseconds;
    }
}
