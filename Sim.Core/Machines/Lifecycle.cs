using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Birth and death of processes and threads, with the kernel objects that each takes.</summary>
internal sealed class Lifecycle(IKernelObjects objects, KernelHoldings holdings, MmTable addressSpaces, ContextSwitches switches, IRunQueue queue, Cpu[] cpus,
    CounterSet counters, int arrivals, Func<MeasuredPart> measured)
{
    private static readonly KernelObject[] PerTask = [KernelObject.Task, KernelObject.Pid];
    private static readonly KernelObject[] PerProcess = [KernelObject.Signal, KernelObject.SignalHandlers, KernelObject.Files];
    private int _arrivalsToCome = arrivals;

    /// <summary>All tasks that were ever started, by number.</summary>
    public List<SimTask> Tasks { get; } = [];

    /// <summary>Called when the last process has ended and none is to come.</summary>
    public Action? LastProcessEnded { get; set; }

    /// <summary>Called when a task of a process ends, before it leaves its address space.</summary>
    public Action<SimTask, SimTime>? TaskEnding { get; set; }

    /// <summary>Processes that have started and not ended.</summary>
    public int LiveProcesses { get; private set; }

    /// <summary>Starts a process with its first task. False when there is no memory for that much.</summary>
    public bool TryStartProcess(Process process, ITaskProgram program, Cpu payer)
    {
        process.Started = payer.Now;
        if (!TryMakeProcess(process, program, payer)) return false;
        _arrivalsToCome--;
        return true;
    }

    /// <summary>Gives up a process that has not started for want of memory.</summary>
    public void Refuse(Process process, SimTime now)
    {
        process.KilledBy = "no memory to start";
        process.Ended = now;
        counters.Add(Counter.OomKill);
        _arrivalsToCome--;
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
        Tasks[^1].Starter = parent;
        parent.LiveThreads++;
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
        TaskEnding?.Invoke(task, payer.Now);
        Abandon(task, payer);
        objects.Free(KernelObject.KernelStack, payer, task.KernelStack);
        Process process = task.Process;
        bool isLast = --process.LiveTasks == 0;
        // A process that somebody may wait for keeps its first task, the leader of its threads, until then.
        if (!process.IsForked || !ReferenceEquals(task, process.Leader)) Free(PerTask, task.Objects, payer);
        if (isLast) NoteEnd(process, task.Mm, payer);
        addressSpaces.Put(task.Mm, process.Counters, payer);
        if (isLast) EndProcess(process, payer);
        if (task.Starter is not { } starter || --starter.LiveThreads > 0 || !starter.IsJoining) return;
        starter.IsJoining = false;
        starter.Wake();
    }

    private void NoteEnd(Process process, Mm mm, Cpu payer)
    {
        process.NotePeaks(mm);
        if (process.IsForked) payer.Charge(Cost.ProcessExit);
        holdings.FreeAll(process, payer);
        process.Mm = null;
    }

    private void EndProcess(Process process, Cpu payer)
    {
        if (process.IsForked) objects.Free(KernelObject.Files, payer, process.Objects[^1]);
        else Free(PerProcess, process.Objects, payer);
        process.Ended = payer.Now;
        LiveProcesses--;
        ReturnToLender(process);
        LeaveChildrenToInit(process, payer);
        if (process.IsForked) BecomeZombie(process, payer);
        NoteIfLast();
    }

    /// <summary>Whether every process has ended and none is to come.</summary>
    public bool IsOver => LiveProcesses == 0 && _arrivalsToCome == 0;

    private void NoteIfLast()
    {
        if (IsOver) LastProcessEnded?.Invoke();
    }

    private void BecomeZombie(Process process, Cpu payer)
    {
        process.IsZombie = true;
        if (process.Parent is not { } parent)
        {
            Reap(process, payer);
            return;
        }
        // All of them: whoever comes first takes the child, and the others look whether there is any left to wait for.
        foreach (SimTask waiter in parent.Tasks.Where(other => other.IsWaitingForChild && other.State == TaskState.Blocked))
        {
            waiter.IsWaitingForChild = false;
            waiter.Wake();
        }
    }

    /// <summary>init reaps what had ended already, and whatever ends from now on.</summary>
    private void LeaveChildrenToInit(Process process, Cpu payer)
    {
        for (int i = process.Children.Count - 1; i >= 0; i--)
        {
            Process child = process.Children[i];
            if (child.IsZombie) Reap(child, payer);
            child.Parent = null;
        }
        process.Children.Clear();
    }

    /// <summary>A zombie's last objects go: release_task.</summary>
    public void Reap(Process child, Cpu payer)
    {
        payer.Charge(Cost.Reap);
        child.IsZombie = false;
        child.Parent?.Children.Remove(child);
        Free(PerTask, child.Leader.Objects, payer);
        for (int i = 0; i < PerProcess.Length - 1; i++) objects.Free(PerProcess[i], payer, child.Objects[i]);
    }

    /// <summary>A process leaves the address space that its parent lent it: the parent goes on.</summary>
    public void ReturnToLender(Process child)
    {
        SimTask? lender = child.Lender;
        child.Lender = null;
        lender?.Wake();
    }

    /// <summary>The kernel objects of a child; null when there is no memory for them.</summary>
    public KernelAddress[]? TryAllocateProcess(Cpu payer)
    {
        var objects = new KernelAddress[PerProcess.Length];
        return TryAllocate(PerProcess, objects, payer) ? objects : null;
    }

    /// <summary>Gives the kernel objects of a child back that was not born.</summary>
    public void FreeProcess(KernelAddress[] addresses, Cpu payer) => Free(PerProcess, addresses, payer);

    /// <summary>Starts the first task of a child whose memory is there. False when there is no memory for the task.</summary>
    public bool TryStartChild(Process child, Mm mm, ITaskProgram program, Cpu payer)
    {
        if (!TryStartTask(child, mm, program, payer)) return false;
        child.Started = payer.Now;
        LiveProcesses++;
        measured().OnBirth(child, payer.Now);
        return true;
    }

    /// <summary>What there is of a child that a task was forking goes.</summary>
    public void Abandon(SimTask task, Cpu payer)
    {
        if (task.Birth is not { } birth) return;
        task.Birth = null;
        if (birth.Memory is { } memory) addressSpaces.Put(memory.Child, task.Process.Counters, payer);
        FreeProcess(birth.Objects, payer);
    }

    private bool TryMakeProcess(Process process, ITaskProgram program, Cpu payer)
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
