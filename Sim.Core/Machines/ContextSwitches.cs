using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.Machines;

/// <summary>
/// What happens to address spaces when a CPU goes from one task to another: context_switch of kernel/sched/core.c.
/// <code>
///   to            from a process               from a kernel thread, or idle
///   a process     switch                       switch; what was borrowed is let go of
///   the kernel    borrow (mmgrab) and stay     keep what is borrowed
/// </code>
/// Where nothing is borrowed, going to the kernel loads the kernel's own page table.
/// </summary>
internal sealed class ContextSwitches(IContextSwitch? policy, MmTable addressSpaces, CounterSet counters)
{
    private readonly bool _borrows = policy?.HasLazyTlb ?? true;

    /// <summary>A task of an address space runs on the CPU from now on.</summary>
    public void ToProcess(Cpu cpu, Mm mm)
    {
        Mm? borrowed = cpu.IsBorrower ? cpu.ActiveMm : null;
        (cpu.ActiveMm, cpu.IsBorrower) = (mm, false);
        cpu.Load(mm, counters);
        if (borrowed is not null) addressSpaces.Drop(borrowed, cpu);
    }

    /// <summary>A kernel thread runs on the CPU, or nothing does; or its task is about to leave its address space for good.</summary>
    public void ToKernel(Cpu cpu)
    {
        if (cpu.ActiveMm is not { } mm || cpu.IsBorrower) return;
        if (_borrows)
        {
            addressSpaces.Grab(mm);
            cpu.IsBorrower = true;
            cpu.EnterLazyTlb();
            counters.Add(Counter.LazyTlbBorrows);
            return;
        }
        cpu.Load(null, counters);
        cpu.ActiveMm = null;
    }

    /// <summary>The machine stops: what a CPU has borrowed it lets go of.</summary>
    public void LetGo(Cpu cpu)
    {
        if (!cpu.IsBorrower) return;
        addressSpaces.Drop(cpu.ActiveMm!, FreeOfCharge.AtNoTime);
        (cpu.ActiveMm, cpu.IsBorrower) = (null, false);
    }
}
