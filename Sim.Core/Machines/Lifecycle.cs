using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Birth and death of processes, threads and address spaces, with the kernel objects that each takes.</summary>
internal sealed class Lifecycle(IKernelObjects objects, KernelHoldings holdings, LeafTables leaves, AddressSpaceCalls calls, AddressSpacePolicies policies,
    Func<IReclaimDomain> domainOf, IRunQueue queue, Cpu[] cpus, CounterSet counters)
{
    private static readonly KernelObject[] PerTask = [KernelObject.Task, KernelObject.Pid];
    private static readonly KernelObject[] PerProcess = [KernelObject.Mm, KernelObject.Signal, KernelObject.SignalHandlers, KernelObject.Files];
    private readonly List<Mm> _addressSpaces = [];

    /// <summary>All tasks that were ever started, by number.</summary>
    public List<SimTask> Tasks { get; } = [];

    /// <summary>Processes that have started and not ended.</summary>
    public int LiveProcesses { get; private set; }

    /// <summary>The address spaces that there are now.</summary>
    public MmList Live { get; } = new();

    /// <summary>The address space of a number.</summary>
    public Mm AddressSpace(int index) => _addressSpaces[index];

    /// <summary>Starts a process with its first task. A machine without the memory for that much kills it at once.</summary>
    public void StartProcess(Process process, ITaskProgram program, Cpu payer)
    {
        process.Started = payer.Now;
        if (TryAllocate(PerProcess, process.Objects, payer))
        {
            PageTable? table = PageTable.TryCreate(_addressSpaces.Count, leaves, objects, payer);
            if (table is not null)
            {
                var mm = new Mm(_addressSpaces.Count, table, domainOf(), policies, objects);
                _addressSpaces.Add(mm);
                Live.Add(mm);
                process.Mm = mm;
                LiveProcesses++;
                if (TryStartTask(process, mm, program, payer)) return;
                LiveProcesses--;
                Live.Remove(mm);
                table.Destroy(payer);
                process.Mm = null;
            }
            Free(PerProcess, process.Objects, payer);
        }
        process.KilledBy = "no memory to start";
        process.Ended = payer.Now;
        counters.Add(Counter.OomKill);
    }

    /// <summary>Starts another thread of a task's process. Returns its number or an error.</summary>
    public long StartThread(SimTask parent, ITaskProgram program, Cpu payer)
    {
        payer.Charge(Cost.ThreadCreate);
        return TryStartTask(parent.Process, parent.Mm, program, payer) ? Tasks.Count - 1 : -(long)SystemError.ENOMEM;
    }

    /// <summary>Ends a task, and with the last one its process.</summary>
    public void EndTask(SimTask task, Cpu payer)
    {
        payer.Charge(Cost.ThreadExit);
        task.State = TaskState.Dead;
        foreach (Cpu cpu in cpus)
        {
            if (ReferenceEquals(cpu.Current, task)) cpu.Current = null;
        }
        objects.Free(KernelObject.KernelStack, payer, task.KernelStack);
        Free(PerTask, task.Objects, payer);
        Process process = task.Process;
        process.LiveTasks--;
        if (process.LiveTasks == 0) EndProcess(process, task.Mm, payer);
        else if (process.LiveTasks == 1 && process.Tasks.Find(other => other.IsJoining && other.State == TaskState.Blocked) is { } joiner)
        {
            joiner.IsJoining = false;
            joiner.Wake();
        }
    }

    private void EndProcess(Process process, Mm mm, Cpu payer)
    {
        process.PeakResidentPages = mm.PeakResidentPages;
        process.PeakTablePages = mm.PageTable.PeakTablePages;
        process.PeakMappings = mm.Vmas.Peak;
        process.MappingsAtExit = mm.Vmas.Count;
        holdings.FreeAll(process, payer);
        calls.UnmapAll(mm, payer);
        mm.Vmas.Charge(payer, process.Counters);
        Live.Remove(mm);
        mm.PageTable.Destroy(payer);
        foreach (Cpu cpu in cpus) cpu.Forget(mm);
        Free(PerProcess, process.Objects, payer);
        process.Mm = null;
        process.Ended = payer.Now;
        LiveProcesses--;
    }

    private bool TryStartTask(Process process, Mm mm, ITaskProgram program, Cpu payer)
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
