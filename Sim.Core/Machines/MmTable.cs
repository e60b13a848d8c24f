using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// The address spaces of a machine and who holds them, as in kernel/fork.c:
/// <code>
///   mm_users   tasks that run in it            Get, Put      the last one gone: exit_mmap, everything is unmapped
///   mm_count   all users together count one,   Grab, Drop    the last one gone: the top of the page table and the mm_struct are freed
///              and each borrower one
/// </code>
/// </summary>
internal sealed class MmTable(IKernelObjects objects, LeafTables leaves, AddressSpaceCalls calls, AddressSpacePolicies policies, ReclaimDomains domains)
{
    private readonly List<Mm> _all = [];

    /// <summary>Those that have users.</summary>
    public MmList Live { get; } = new();

    /// <summary>Those that fork is still filling.</summary>
    public int Unfinished { get; private set; }

    /// <summary>The address space of a number, gone or not.</summary>
    public Mm this[int index] => _all[index];

    /// <summary>An empty address space with one user, who makes it; null when there is no memory for it.</summary>
    public Mm? TryCreate(ICharge payer)
    {
        if (TryMake(payer) is not { } mm) return null;
        Complete(mm);
        return mm;
    }

    /// <summary>The same, to be filled by fork, which may have to wait meanwhile: it is not among those that live before it is <see cref="Complete"/>.</summary>
    public Mm? TryCreateChild(ICharge payer)
    {
        domains.Frames.Mix();
        return TryMake(payer);
    }

    private Mm? TryMake(ICharge payer)
    {
        if (!objects.TryAllocate(KernelObject.Mm, payer, out KernelAddress address)) return null;
        PageTable? table = PageTable.TryCreate(_all.Count, leaves, objects, payer);
        if (table is null)
        {
            objects.Free(KernelObject.Mm, payer, address);
            return null;
        }
        var mm = new Mm(_all.Count, table, domains.ForProcess(), policies, objects) { Address = address, Users = 1, Count = 1 };
        _all.Add(mm);
        Unfinished++;
        return mm;
    }

    /// <summary>Fork has filled an address space.</summary>
    public void Complete(Mm mm)
    {
        Live.Add(mm);
        Unfinished--;
        mm.IsComplete = true;
    }

    /// <summary>One task more runs in it: mmget.</summary>
    public void Get(Mm mm) => mm.Users++;

    /// <summary>A task runs in it no more: mmput. What the last one unmaps is counted in its process's <paramref name="counters"/>.</summary>
    public void Put(Mm mm, CounterSet counters, ICharge payer)
    {
        if (--mm.Users > 0) return;
        calls.UnmapAll(mm, payer);
        mm.Vmas.Charge(payer, counters);
        if (mm.IsComplete) Live.Remove(mm);
        else Unfinished--;
        domains.Frames.Abandon(mm.Domain);
        Drop(mm, payer);
    }

    /// <summary>Somebody more needs the mm to exist, with or without what is mapped: mmgrab.</summary>
    public void Grab(Mm mm) => mm.Count++;

    /// <summary>Somebody needs it no more: mmdrop.</summary>
    public void Drop(Mm mm, ICharge payer)
    {
        if (--mm.Count > 0) return;
        mm.PageTable.Destroy(payer);
        objects.Free(KernelObject.Mm, payer, mm.Address);
    }
}
