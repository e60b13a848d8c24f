using System;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// A CPU: its clock, its TLB, and what it runs. All its time goes through <see cref="Spend"/>, so that for each CPU the categories sum to
/// the elapsed time.
/// </summary>
internal sealed class Cpu(int number, MachineSpec spec) : ICharge
{
    private readonly SimTime[] _spent = new SimTime[Enum.GetValues<TimeCategory>().Length];
    private readonly AsidTable _asids = new(spec.Asids);
    private TimeCategory _mode;
    private SimTime _ownSince;

    public int Number { get; } = number;

    int ICharge.Cpu => Number;

    public SimTime Now { get; private set; }

    public TlbHierarchy Tlb { get; } = new(spec.Tlb, RandomStream.SeedOf(spec.Seed, 0, $"tlb/{number}"));

    public CostModel Costs { get; } = spec.Costs;

    /// <summary>The task that runs here; null when idle.</summary>
    public SimTask? Current { get; set; }

    /// <summary>The address space whose page table is loaded: loaded_mm. Null is the kernel's own, init_mm.</summary>
    public Mm? LoadedMm { get; private set; }

    /// <summary>The address space of the task that runs here, or the one that an idle CPU or a kernel thread has borrowed: active_mm.</summary>
    public Mm? ActiveMm { get; set; }

    /// <summary>Whether <see cref="ActiveMm"/> is borrowed, and counted in its <see cref="Mm.Count"/>.</summary>
    public bool IsBorrower { get; set; }

    /// <summary>What identifies the loaded address space in TLB keys.</summary>
    public ulong AsidBits { get; private set; }

    public StopReason Stop { get; set; } = StopReason.Idle;

    /// <summary>The page and kind of access that faulted, when <see cref="Stop"/> says so.</summary>
    public (ulong Page, bool IsStore) Fault { get; set; }

    /// <summary>The step that was asked for, when <see cref="Stop"/> says so.</summary>
    public TaskStep PendingStep { get; set; }

    public SimTime QuantumEnds { get; set; }

    /// <summary>An event is under way that will make this idle CPU look at the run queue.</summary>
    public bool IsBeingWoken { get; set; }

    /// <summary>Time spent on a category.</summary>
    public SimTime Spent(TimeCategory category) => _spent[(int)category];

    /// <summary>Time spent on everything: the clock, unless the books are wrong.</summary>
    public SimTime SpentInAll => new(_spent.Sum(time => time.Picoseconds));

    /// <summary>Moves the clock on.</summary>
    public void Spend(TimeCategory category, SimTime time)
    {
        _spent[(int)category] += time;
        Now += time;
        if (category is not (TimeCategory.User or TimeCategory.Translation)) _ownSince = Now;
    }

    /// <summary>Idles until a time, if that lies ahead.</summary>
    public void IdleUntil(SimTime time)
    {
        if (time > Now) Spend(TimeCategory.Idle, time - Now);
    }

    /// <summary>
    /// An interrupt arrives. An idle CPU has idled until then; one in the kernel takes it there; one in its program takes it after the access that it
    /// is making. One that has run its program further ahead than that would hear of something in its past.
    /// </summary>
    public void ReceiveAt(SimTime time)
    {
        if (Stop == StopReason.Idle) IdleUntil(time);
        else if (Now - SimTime.Max(time, _ownSince) > Overshoot) throw new InvalidOperationException(
            $"an interrupt of {time} reaches CPU {Number} at {Now}: a CPU ran ahead of what could still happen to it");
    }

    /// <summary>How far an access may reach beyond the horizon at which it was begun.</summary>
    private static SimTime Overshoot => SimTime.FromMicroseconds(5);

    /// <summary>What <see cref="Charge"/> books to from now on. Returns what it booked to before.</summary>
    public TimeCategory Enter(TimeCategory mode)
    {
        TimeCategory before = _mode;
        _mode = mode;
        return before;
    }

    /// <summary>Reclaim is booked as such wherever it happens.</summary>
    public void Charge(Cost cost, long times = 1)
    {
        TimeCategory category = cost is Cost.ReclaimScan or Cost.ReclaimUnmap ? TimeCategory.Reclaim : _mode;
        Spend(category, Costs[cost] * times);
    }

    public void ChargeDevice(SimTime time) => Spend(_mode, time);

    /// <summary>Whether the loaded address space is not the one of what runs here: shootdowns of it wait until the CPU comes back to it.</summary>
    public bool IsLazy => LoadedMm is { } mm && (mm.LazyCpus & Bit) != 0;

    private ulong Bit => 1UL << Number;

    /// <summary>
    /// Loads an address space, or with null the kernel's own, and flushes what the TLB must not keep: switch_mm_irqs_off of arch/x86/mm/tlb.c. One that is
    /// loaded already costs nothing, unless there were flushes since.
    /// </summary>
    public void Load(Mm? mm, CounterSet counters)
    {
        bool isLoaded = ReferenceEquals(mm, LoadedMm), comesBack = isLoaded && IsLazy;
        if (isLoaded && mm is not null && _asids.HasSeen(mm.TlbGeneration))
        {
            MarkActive(mm);
            return;
        }
        if (!isLoaded)
        {
            Charge(Cost.AddressSpaceSwitch);
            counters.Add(Counter.AddressSpaceSwitches);
            if (LoadedMm is { } last) (last.ActiveCpus, last.LazyCpus) = (last.ActiveCpus & ~Bit, last.LazyCpus & ~Bit);
        }
        (int asid, bool mustFlush) = _asids.Enter(mm);
        if (mustFlush)
        {
            if (spec.Asids == 0) Tlb.Clear();
            else Tlb.Clear(asid);
            Charge(Cost.TlbFlushAll);
            counters.Add(Counter.TlbLocalFlushAll);
            if (comesBack) counters.Add(Counter.LazyTlbFlushes);
        }
        LoadedMm = mm;
        AsidBits = TlbEntry.AsidBits(asid);
        if (mm is not null) MarkActive(mm);
    }

    private void MarkActive(Mm mm) => (mm.ActiveCpus, mm.LazyCpus) = (mm.ActiveCpus | Bit, mm.LazyCpus & ~Bit);

    /// <summary>Nothing of the loaded address space runs here any more, but it stays loaded: enter_lazy_tlb.</summary>
    public void EnterLazyTlb()
    {
        if (LoadedMm is { } mm) (mm.ActiveCpus, mm.LazyCpus) = (mm.ActiveCpus & ~Bit, mm.LazyCpus | Bit);
    }

    /// <summary>The loaded address space's entries are up to a flush.</summary>
    public void CatchUp(long generation) => _asids.CatchUp(generation);

    /// <summary>Whether this TLB's entries of an address space count as valid.</summary>
    public bool HoldsCurrent(Mm mm, out int asid) => _asids.IsCurrent(mm, out asid);
}
