using System;
using System.Collections.Generic;
using System.Numerics;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// TLB flushes by inter-processor interrupts to the CPUs that run the address space (its active mask). The sender waits until the last one has
/// acknowledged. CPUs that have only borrowed the address space are spared, unless page tables go, and flush when they come back to it.
/// <code>
///   sender    | send |---------------- waits ----------------|
///   receiver         '-- delivery -->| handle |-- delivery --'
/// </code>
/// </summary>
internal sealed class Shootdowns(Cpu[] cpus, EventQueue events, CounterSet counters) : ITlbFlush
{
    /// <summary>More pages than this are flushed as a whole: tlb_single_page_flush_ceiling.</summary>
    private const ulong SinglePageCeiling = 33;

    private readonly List<(int Cpu, Mm Mm, ulong First, ulong End, long Generation)> _pending = [];
    private readonly Stack<int> _free = new();

    /// <summary>Shootdowns that have been sent and have not arrived.</summary>
    public int InFlight => _pending.Count - _free.Count;

    public void Flush(Mm mm, ulong firstPage, ulong endPage, ICharge payer, bool freesTables = false)
    {
        mm.TlbGeneration++;
        Cpu sender = cpus[payer.Cpu];
        if (ReferenceEquals(sender.LoadedMm, mm) && (freesTables || !sender.IsLazy)) FlushOwn(sender, mm, firstPage, endPage, mm.TlbGeneration);
        ulong notSender = ~(1UL << sender.Number);
        ulong others = mm.ActiveCpus & notSender;
        if (freesTables) others |= mm.LazyCpus & notSender;
        else counters.Add(Counter.LazyTlbSpared, BitOperations.PopCount(mm.LazyCpus & notSender));
        if (others == 0) return;
        TimeCategory before = sender.Enter(TimeCategory.Shootdown);
        counters.Add(Counter.TlbRemoteFlush);
        SimTime delivery = sender.Costs[Cost.InterruptDelivery];
        foreach (Cpu receiver in cpus)
        {
            if ((others & 1UL << receiver.Number) == 0) continue;
            sender.Charge(Cost.InterruptSend);
            events.Schedule(sender.Now + delivery, (int)EventKind.Shootdown, Put((receiver.Number, mm, firstPage, endPage, mm.TlbGeneration)));
        }
        sender.Spend(TimeCategory.Shootdown, delivery + sender.Costs[Cost.InterruptHandle] + delivery);
        sender.Enter(before);
    }

    /// <summary>A shootdown reaches its CPU.</summary>
    public void Deliver(int index, SimTime time)
    {
        (int number, Mm mm, ulong first, ulong end, long generation) = _pending[index];
        _free.Push(index);
        Cpu receiver = cpus[number];
        receiver.ReceiveAt(time);
        counters.Add(Counter.TlbRemoteFlushReceived);
        TimeCategory before = receiver.Enter(TimeCategory.Interrupt);
        receiver.Charge(Cost.InterruptHandle);
        // A CPU that has left the address space meanwhile flushes when it comes back: its generation is behind.
        if (ReferenceEquals(receiver.LoadedMm, mm)) FlushOwn(receiver, mm, first, end, generation);
        receiver.Enter(before);
    }

    /// <summary>flush_tlb_func of arch/x86/mm/tlb.c: a CPU that has only borrowed the address space rather gives it up, which costs no more.</summary>
    private void FlushOwn(Cpu cpu, Mm mm, ulong first, ulong end, long generation)
    {
        if (cpu.IsLazy)
        {
            cpu.Load(null, counters);
            return;
        }
        cpu.CatchUp(generation);
        int asid = TlbEntry.AsidOf(cpu.AsidBits);
        if (end - first > SinglePageCeiling || mm.HugeMappings > 0)
        {
            cpu.Tlb.Clear(asid);
            cpu.Charge(Cost.TlbFlushAll);
            counters.Add(Counter.TlbLocalFlushAll);
            return;
        }
        for (ulong page = first; page < end; page++) cpu.Tlb.Invalidate(TlbEntry.Key(page, cpu.AsidBits));
        cpu.Charge(Cost.TlbFlushPage, (long)(end - first));
        counters.Add(Counter.TlbLocalFlushOne, (long)(end - first));
    }

    private int Put((int, Mm, ulong, ulong, long) shootdown)
    {
        if (_free.TryPop(out int index))
        {
            _pending[index] = shootdown;
            return index;
        }
        _pending.Add(shootdown);
        return _pending.Count - 1;
    }
}
