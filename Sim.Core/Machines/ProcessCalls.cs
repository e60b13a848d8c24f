using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Processes;

namespace Sim.Core.Machines;

/// <summary>
/// fork, exec, wait and kill. A call that must sleep is asked for again when its task runs next:
/// <code>
///   fork   [ kernel objects | address space, in parts if it must wait | first task ]     ENOMEM: what there is of the child goes
///   vfork  [ kernel objects | first task in the parent's address space ]  the parent sleeps until the child ends or calls exec
///   exec   [ new address space | image | switch | the old one is let go ]
///   wait   a child that has ended is reaped; none has: sleep
/// </code>
/// </summary>
internal sealed class ProcessCalls(IForkPolicy policy, ForkedPages pages, AddressSpaceCalls calls, MmTable addressSpaces, ProcessTable processes, Lifecycle lifecycle,
    FatalSignals signals, ContextSwitches switches, CounterSet counters)
{
    /// <summary>Pages of a program's file: more than any image.</summary>
    private const ulong FileBytes = 1UL << 40;

    private readonly OpenFile _programs = new(new FileObject("program", FileBytes, FileKind.Disk), isWritable: false);

    /// <summary>fork with the step's program. The child's number or an error; sleeping or yielding where <paramref name="turn"/> says so.</summary>
    public long Fork(SimTask task, in TaskStep step, Cpu cpu, out Turn turn)
    {
        turn = Turn.Stays;
        if (task.Birth is null && Begin(task, cpu) is { } error && error != 0) return error.AsResult();
        Birth birth = task.Birth!;
        Mm mm = task.Mm;
        if (birth.Memory is { } memory)
        {
            mm = memory.Child;
            ForkOutcome outcome = calls.Duplication.Continue(memory, pages, cpu);
            if (outcome == ForkOutcome.MustWait)
            {
                turn = Turn.WaitsToGoOn;
                return 0;
            }
            mm.Vmas.Charge(cpu, task.Process.Counters);
            if (outcome != ForkOutcome.Done)
            {
                lifecycle.Abandon(task, cpu);
                return SystemError.ENOMEM.AsResult();
            }
            addressSpaces.Complete(mm);
        }
        else addressSpaces.Get(mm);
        Process parent = task.Process;
        var child = new Process(processes.Count, $"{parent.Name}/child-{parent.ForkedChildren}") { Parent = parent, IsForked = true, Objects = birth.Objects, Mm = mm, Nice = parent.Nice, Priority = parent.Priority };
        if (!lifecycle.TryStartChild(child, mm, step.Program!, cpu))
        {
            if (birth.Memory is null) addressSpaces.Put(mm, counters, cpu);
            lifecycle.Abandon(task, cpu);
            return SystemError.ENOMEM.AsResult();
        }
        task.Birth = null;
        processes.Add(child);
        parent.ForkedChildren++;
        parent.Children.Add(child);
        parent.Counters.Add(Counter.Forks);
        if (birth.Memory is null)
        {
            child.Lender = task;
            turn = Turn.Sleeps;
        }
        else if (policy.RunsChildFirst) turn = Turn.Yields;
        return child.Id;
    }

    /// <summary>exec: 0 or an error. Other threads end when they hear of it.</summary>
    public long Exec(SimTask task, in TaskStep step, Cpu cpu)
    {
        cpu.Charge(Cost.ExecBase);
        if (addressSpaces.TryCreate(cpu) is not { } mm) return SystemError.ENOMEM.AsResult();
        MappingArguments sizes = step.Mapping;
        long result = calls.Replace(mm, new ProgramImage(_programs, sizes.Page, sizes.Pages, sizes.NewPages), cpu);
        if (result < 0)
        {
            addressSpaces.Put(mm, task.Process.Counters, cpu);
            return result;
        }
        signals.EndOthers(cpu, task);
        Mm old = task.Mm;
        task.Process.NotePeaks(old);
        (task.Mm, task.Process.Mm, task.Program) = (mm, mm, step.Program!);
        switches.ToProcess(cpu, mm);
        addressSpaces.Put(old, task.Process.Counters, cpu);
        lifecycle.ReturnToLender(task.Process);
        return 0;
    }

    /// <summary>wait: the number of a child that has ended, the last one when all are waited for, or ECHILD.</summary>
    public long Wait(SimTask task, bool forAll, Cpu cpu, out Turn turn)
    {
        Process process = task.Process;
        turn = Turn.Stays;
        long last = SystemError.ECHILD.AsResult();
        for (int i = 0; i < process.Children.Count;)
        {
            Process child = process.Children[i];
            if (!child.IsZombie)
            {
                i++;
                continue;
            }
            lifecycle.Reap(child, cpu);
            last = child.Id;
            if (!forAll) return last;
        }
        if (process.Children.Count == 0) return last;
        task.IsWaitingForChild = true;
        turn = Turn.WaitsToGoOn;
        return 0;
    }

    /// <summary>kill of a process by its name, or by its name among the children; of all children without one. How many heard of it, or ESRCH.</summary>
    public long Kill(SimTask task, string? name, Cpu cpu)
    {
        Process[] targets = name is null ? [.. task.Process.Children.Where(child => !child.IsZombie)]
            : (processes.FindLive($"{task.Process.Name}/{name}") ?? processes.FindLive(name)) is { } found ? [found] : [];
        foreach (Process target in targets)
        {
            cpu.Charge(Cost.SignalSend);
            signals.Send(cpu, target, $"killed by {task.Process.Name}");
        }
        return targets.Length > 0 ? targets.Length : SystemError.ESRCH.AsResult();
    }

    private SystemError Begin(SimTask task, Cpu cpu)
    {
        cpu.Charge(policy.BorrowsAddressSpace ? Cost.ThreadCreate : Cost.ForkBase);
        if (lifecycle.TryAllocateProcess(cpu) is not { } objects) return SystemError.ENOMEM;
        ForkInProgress? memory = null;
        if (!policy.BorrowsAddressSpace)
        {
            if (addressSpaces.TryCreateChild(cpu) is not { } mm)
            {
                lifecycle.FreeProcess(objects, cpu);
                return SystemError.ENOMEM;
            }
            memory = new ForkInProgress(task.Mm, mm, task, task.Process.Counters);
        }
        task.Birth = new Birth(objects, memory);
        return 0;
    }
}
