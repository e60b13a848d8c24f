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
/// Compiled once for each policy, so that a policy that is told of every access is called directly and the others not at all.
/// <code>
///   first level -> lower levels -> walk -> present and permitted? set accessed, dirty; fill the TLB
///                                       `-> otherwise stop: the page-fault handler
/// </code>
/// </summary>
internal sealed unsafe class AccessLoop<TReclaim>(SwapArea swap) : IAccessLoop
    where TReclaim : struct, IReclaimPolicy
{
    /// <summary>How far ahead the entries of coming references are prefetched: a block's references are known (10 -> 19 M/s in a sketch of it).</summary>
    private const int PrefetchDistance = 8;

    /// <summary>How far ahead an entry is read to see whether its page lies in swap: the handler will ask the slot which page it holds.</summary>
    private const int SlotDistance = 4;

    public bool Run(Cpu cpu, SimTask task, int end, SimTime horizon)
    {
        var domain = (ReclaimDomain<TReclaim>)task.Mm.Domain;
        var translation = new Translation(cpu, task.Mm, domain.Accessed);
        TlbArray firstLevel = cpu.Tlb.FirstBase;
        nint* directory = translation.Directory;
        ulong asidBits = cpu.AsidBits;
        long referenceCost = cpu.Costs[Cost.Reference].Picoseconds;
        long limit = horizon.Picoseconds - cpu.Now.Picoseconds;
        long elapsed = 0, references = 0;
        ulong* slots = swap.Pointer;
        bool faulted = false;
        int i = task.Position;
        fixed (ulong* words = task.Block)
        {
            if (task.CompletesFault && i < end)
            {
                task.CompletesFault = false;
                long cost = translation.CompleteFault(words[i]);
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
                if (swap.Used > 0) PrefetchSlot(directory, words[i + SlotDistance] >> ReferenceWord.PageShift, slots);
                ulong entry = firstLevel.Lookup(key);
                if (entry == 0 || (store & ~entry) != 0)
                {
                    long cost = translation.Translate(page, key, store);
                    faulted = cost < 0;
                    elapsed += faulted ? ~cost : cost;
                    if (faulted) break;
                }
                if (TReclaim.View == AccessView.EveryAccess) Report(ref domain.Policy, directory, page);
                Count(word, referenceCost, ref references, ref elapsed);
                i++;
            }
            if (faulted) cpu.Fault = (words[i] >> ReferenceWord.PageShift, (words[i] & ReferenceWord.Store) != 0);
        }
        task.Position = i;
        translation.Book(task.Process.Counters, new SimTime(references * referenceCost), new SimTime(elapsed), references);
        return faulted;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchSlot(nint* directory, ulong page, ulong* slots)
    {
        if (!Sse.IsSupported) return;
        nint middle = directory[page >> 18 & (PageTable.PageLimit - 1 >> 18)];
        ulong leaf = middle == 0 ? 0 : ((ulong*)middle)[page >> 9 & 511];
        if (leaf == 0 || (leaf & PageTableEntry.Present) != 0) return;
        ulong entry = ((ulong*)leaf)[page & 511];
        if (PageTableEntry.IsSwapped(entry)) Sse.Prefetch0(slots + PageTableEntry.IndexOf(entry));
    }

    /// <summary>
    /// Tells the policy of an access whose translation has just succeeded. Not of one through a translation that another CPU has taken away, of
    /// which this one will hear a cross-CPU latency later; nor of huge pages and the zero page, which are not under replacement.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Report(ref TReclaim policy, nint* directory, ulong page)
    {
        nint middle = directory[page >> 18];
        ulong leaf = middle == 0 ? 0 : ((ulong*)middle)[page >> 9 & 511];
        if (leaf == 0 || (leaf & PageTableEntry.Present) != 0) return;
        ulong entry = ((ulong*)leaf)[page & 511];
        if ((entry & (PageTableEntry.Present | PageTableEntry.ZeroPage)) == PageTableEntry.Present) policy.OnAccess(PageTableEntry.FrameOf(entry));
    }
}
