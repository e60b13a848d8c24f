using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Birth and death of processes and threads, with the kernel objects that each takes.</summary>
internal sealed class Lifecycle(IKernelObjects objects, KernelHoldings holdings, MmTable addressSpaces, ContextSwitches switches, IRunQueue queue, Cpu[] cpus,
    CounterSet counters, int arrivals)
{
    private static readonly KernelObject[] PerTask = [KernelObject.Task, KernelObject.Pid];
    private static readonly KernelObject[] PerProcess = [KernelObject.Signal, KernelObject.SignalHandlers, KernelObject.Files];
    private int _arrivalsToCome = arrivals;

    /// <summary>All tasks that were ever started, by number.</summary>
    public List<SimTask> Tasks { get; } = [];

    /// <summary>Called when the last process has ended and none is to come.</summary>
    public Action? LastProcessEnded { get; set; }

    /// <summary>Processes that have started and not ended.</summary>
    public int LiveProcesses { get; private set; }

    /// <summary>Starts a process with its first task. A machine without the memory for that much kills it at once.</summary>
    public void StartProcess(Process process, ITaskProgram program, Cpu payer)
    {
        process.Started = payer.Now;
        _arrivalsToCome--;
        if (TryStartProcess(process, program, payer)) return;
        process.KilledBy = "no memory to start";
        process.Ended = payer.Now;
        counters.Add(Counter.OomKill);
        NoteIfLast();
    }

    /// <summary>Starts a kernel thread. False when there is no memory for it.</summary>
    public bool TryStartKernelThread(Process owner, ITaskProgram program, ICharge payer) => TryStartTask(owner, null, program, payer);

    /// <summary>Starts another thread of a task's process. Returns its number or an error.</summary>
    public long StartThread(SimTask parent, ITaskProgram program, Cpu payer)
    {
        payer.Charge(Cost.ThreadCreate);
        if (!TryStartTask(parent.Process, parent.Mm, program, payer)) return -(long)SystemError.ENOMEM;
        addressSpaces.Get(parent.Mm);
        return Tasks.Count - 1;
    }

    /// <summary>Ends a task, and with the last one its process.</summary>
    public void EndTask(SimTask task, Cpu payer)
    {
        payer.Charge(Cost.ThreadExit);
        task.State = TaskState.Dead;
        foreach (Cpu cpu in cpus)
        {
            if (!ReferenceEquals(cpu.Current, task)) continue;
            // The task leaves its address space before it leaves the CPU: exit_mm.
            cpu.Current = null;
            switches.ToKernel(cpu);
        }
        Release(task, payer);
        Process process = task.Process;
        bool isLast = --process.LiveTasks == 0;
        if (isLast) NoteEnd(process, task.Mm, payer);
        addressSpaces.Put(task.Mm, process.Counters, payer);
        if (isLast) EndProcess(process, payer);
        else if (process.LiveTasks == 1 && process.Tasks.Find(other => other.IsJoining && other.State == TaskState.Blocked) is { } joiner)
        {
            joiner.IsJoining = false;
            joiner.Wake();
        }
    }

    private void NoteEnd(Process process, Mm mm, Cpu payer)
    {
        process.PeakResidentPages = mm.PeakResidentPages;
        process.PeakTablePages = mm.PageTable.PeakTablePages;
        process.PeakMappings = mm.Vmas.Peak;
        process.MappingsAtExit = mm.Vmas.Count;
        holdings.FreeAll(process, payer);
        process.Mm = null;
    }

    private void EndProcess(Process process, Cpu payer)
    {
        Free(PerProcess, process.Objects, payer);
        process.Ended = payer.Now;
        LiveProcesses--;
        NoteIfLast();
    }

    private void NoteIfLast()
    {
        if (LiveProcesses == 0 && _arrivalsToCome == 0) LastProcessEnded?.Invoke();
    }

    private bool TryStartProcess(Process process, ITaskProgram program, Cpu payer)
    {
        if (!TryAllocate(PerProcess, process.Objects, payer)) return false;
        if (addressSpaces.TryCreate(payer) is { } mm)
        {
            process.Mm = mm;
            LiveProcesses++;
            if (TryStartTask(process, mm, program, payer)) return true;
            LiveProcesses--;
            process.Mm = null;
            addressSpaces.Put(mm, process.Counters, payer);
        }
        Free(PerProcess, process.Objects, payer);
        return false;
    }

    /// <summary>Gives back what a dead task took.</summary>
    public void Release(SimTask task, ICharge payer)
    {
        objects.Free(KernelObject.KernelStack, payer, task.KernelStack);
        Free(PerTask, task.Objects, payer);
    }

    private bool TryStartTask(Process process, Mm? mm, ITaskProgram program, ICharge payer)
    {
        var task = new SimTask(Tasks.Count, process, mm, program, queue);
        if (!TryAllocate(PerTask, task.Objects, payer)) return false;
        if (!objects.TryAllocate(KernelObject.KernelStack, payer, out task.KernelStack))
        {
            Free(PerTask, task.Objects, payer);
            return false;
        }
        Tasks.Add(task);
        process.Tasks.Add(task);
        process.LiveTasks++;
        task.Wake();
        return true;
    }

    private bool TryAllocate(KernelObject[] kinds, KernelAddress[] addresses, ICharge payer)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            if (objects.TryAllocate(kinds[i], payer, out addresses[i])) continue;
            while (--i >= 0) objects.Free(kinds[i], payer, addresses[i]);
            return false;
        }
        return true;
    }

    private void Free(KernelObject[] kinds, KernelAddress[] addresses, ICharge payer)
    {
        for (int i = 0; i < kinds.Length; i++) objects.Free(kinds[i], payer, addresses[i]);
    }
}
