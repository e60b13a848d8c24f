using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What a program can ask of the kernel, done on the CPU that asks.</summary>
internal sealed class SystemCalls(MappingCalls mappings, FileCalls? files, Flusher? flusher, Lifecycle lifecycle, KernelHoldings holdings, Scheduler scheduler, ProcessCalls processes,
    Action<SimTime, SimTask> wakeAt)
{
    /// <summary>Executes the step that a CPU stopped for.</summary>
    public void Execute(Cpu cpu)
    {
        SimTask task = cpu.Current!;
        TaskStep step = cpu.PendingStep;
        CounterSet counters = task.Process.Counters;
        TimeCategory before = cpu.Enter(task.IsKernelThread ? TimeCategory.KernelThread : step.Kind == TaskStepKind.Fork ? TimeCategory.Fork : TimeCategory.SystemCall);
        cpu.Stop = StopReason.None;
        // Kernel steps stand for what the kernel does of its own accord: no entry.
        bool goesOn = task.Suspended is not null;
        bool isBegun = task.IsInCall;
        (task.Suspended, task.IsInCall) = (null, false);
        if (!goesOn && !task.IsKernelThread && step.Kind is not (TaskStepKind.KernelAllocate or TaskStepKind.KernelFree))
        {
            cpu.Charge(Cost.SystemCallEntryExit);
            counters.Add(Counter.SystemCalls);
        }
        task.LastResult = 0;
        switch (step.Kind)
        {
            case TaskStepKind.KernelAllocate:
                task.LastResult = holdings.Allocate((KernelRequest)step.Second, step.First, task.Process, cpu);
                break;
            case TaskStepKind.KernelFree:
                holdings.Free(step.First, cpu);
                break;
            case TaskStepKind.Map or TaskStepKind.MapWith or TaskStepKind.Unmap or TaskStepKind.Break or TaskStepKind.Protect or TaskStepKind.Remap
                or TaskStepKind.Advise or TaskStepKind.Lock or TaskStepKind.Unlock or TaskStepKind.Attach:
                if (!isBegun) counters.Add(Counter.MappingCalls);
                EndOrSleep(cpu, task, step, mappings.TryExecute(task, step, isBegun, cpu, out long result), result);
                break;
            case TaskStepKind.Synchronise or TaskStepKind.FileRead or TaskStepKind.FileWrite or TaskStepKind.FileSync or TaskStepKind.FileTruncate
                or TaskStepKind.FileDrop:
                if (!isBegun) (task.CallPosition, task.CallWaitedFor) = (0, -1);
                EndOrSleep(cpu, task, step, files!.TryExecute(task, step, cpu, out long done), done);
                break;
            case TaskStepKind.WriteBack:
                Take(flusher!.TryWriteSome(task, cpu) ? Turn.Stays : Turn.Sleeps, cpu, task, step);
                break;
            case TaskStepKind.Sleep:
                SleepUntil(cpu.Now + new SimTime(step.First), cpu, task);
                break;
            case TaskStepKind.SleepToMultiple:
                SleepUntil(new SimTime((cpu.Now.Picoseconds / step.First + 1) * step.First), cpu, task);
                break;
            case TaskStepKind.Clone:
                task.LastResult = lifecycle.StartThread(task, step.Program!, cpu);
                break;
            case TaskStepKind.Join:
                if (task.LiveThreads == 0) break;
                task.IsJoining = true;
                Block(cpu, task);
                scheduler.PickNext(cpu);
                break;
            case TaskStepKind.Fork:
                task.LastResult = processes.Fork(task, step, cpu, out Turn turn);
                Take(turn, cpu, task, step);
                break;
            case TaskStepKind.Exec:
                task.LastResult = processes.Exec(task, step, cpu);
                break;
            case TaskStepKind.Wait:
                task.LastResult = processes.Wait(task, step.First != 0, cpu, out turn);
                Take(turn, cpu, task, step);
                break;
            case TaskStepKind.Kill:
                task.LastResult = processes.Kill(task, step.Name, cpu);
                break;
            case TaskStepKind.Exit:
                if (step.First < 0) task.Process.KilledBy ??= $"{NameOf((TaskStepKind)step.Second)} failed: {(SystemError)(-step.First)}";
                lifecycle.EndTask(task, cpu);
                scheduler.PickNext(cpu);
                break;
            default:
                throw new InvalidOperationException($"a {step.Kind} step is not a system call");
        }
        if (!task.IsKernelThread) task.Mm.Vmas.Charge(cpu, counters);
        cpu.Enter(before);
    }

    /// <summary>A call is done, or its task sleeps within it.</summary>
    private void EndOrSleep(Cpu cpu, SimTask task, in TaskStep step, bool isDone, long result)
    {
        task.LastResult = result;
        if (isDone) return;
        task.IsInCall = true;
        Take(Turn.WaitsToGoOn, cpu, task, step);
    }

    private static string NameOf(TaskStepKind call) => call switch
    {
        TaskStepKind.Map or TaskStepKind.MapWith => "mmap",
        TaskStepKind.Unmap => "munmap",
        TaskStepKind.Break => "brk",
        TaskStepKind.Protect => "mprotect",
        TaskStepKind.Remap => "mremap",
        TaskStepKind.Advise => "madvise",
        TaskStepKind.Lock => "mlock",
        TaskStepKind.Unlock => "munlock",
        TaskStepKind.FileRead => "read",
        TaskStepKind.FileWrite => "write",
        TaskStepKind.FileTruncate => "ftruncate",
        TaskStepKind.Synchronise => "msync",
        TaskStepKind.Attach => "shmat",
        _ => call.ToString().ToLowerInvariant(),
    };

    private void SleepUntil(SimTime time, Cpu cpu, SimTask task)
    {
        Block(cpu, task);
        wakeAt(time, task);
        scheduler.PickNext(cpu);
    }

    private void Take(Turn turn, Cpu cpu, SimTask task, in TaskStep step)
    {
        if (turn == Turn.Stays) return;
        if (turn == Turn.Yields)
        {
            scheduler.GiveWay(cpu);
            return;
        }
        if (turn == Turn.WaitsToGoOn) task.Suspended = step;
        Block(cpu, task);
        scheduler.PickNext(cpu);
    }

    private static void Block(Cpu cpu, SimTask task)
    {
        task.State = TaskState.Blocked;
        cpu.Current = null;
    }
}
