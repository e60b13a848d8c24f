using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What a program can ask of the kernel, done on the CPU that asks.</summary>
internal sealed class SystemCalls(AddressSpaceCalls calls, Lifecycle lifecycle, Scheduler scheduler, Action<SimTime, SimTask> wakeAt)
{
    /// <summary>Executes the step that a CPU stopped for.</summary>
    public void Execute(Cpu cpu)
    {
        SimTask task = cpu.Current!;
        TaskStep step = cpu.PendingStep;
        CounterSet counters = task.Process.Counters;
        TimeCategory before = cpu.Enter(TimeCategory.SystemCall);
        cpu.Stop = StopReason.None;
        cpu.Charge(Cost.SystemCallEntryExit);
        counters.Add(Counter.SystemCalls);
        task.LastResult = 0;
        switch (step.Kind)
        {
            case TaskStepKind.Map:
                counters.Add(Counter.MappingCalls);
                task.LastResult = calls.Map(task.Mm, (ulong)step.First, Protection.ReadWrite, (PageSize)step.Second, cpu);
                break;
            case TaskStepKind.Unmap:
                counters.Add(Counter.MappingCalls);
                task.LastResult = calls.Unmap(task.Mm, (ulong)step.First, (ulong)step.Second, cpu);
                break;
            case TaskStepKind.Break:
                counters.Add(Counter.MappingCalls);
                ulong oldEnd = task.Mm.HeapEnd, newEnd = oldEnd + (ulong)step.First;
                task.LastResult = calls.Break(task.Mm, newEnd, cpu) == (long)newEnd ? (long)oldEnd : -(long)SystemError.ENOMEM;
                break;
            case TaskStepKind.Sleep:
                Block(cpu, task);
                wakeAt(cpu.Now + new SimTime(step.First), task);
                scheduler.PickNext(cpu);
                break;
            case TaskStepKind.Clone:
                task.LastResult = lifecycle.StartThread(task, step.Program!, cpu);
                break;
            case TaskStepKind.Join:
                if (task.Process.LiveTasks == 1) break;
                task.IsJoining = true;
                Block(cpu, task);
                scheduler.PickNext(cpu);
                break;
            case TaskStepKind.Exit:
                if (step.First < 0) task.Process.KilledBy ??= $"{NameOf((TaskStepKind)step.Second)} failed: {(SystemError)(-step.First)}";
                lifecycle.EndTask(task, cpu);
                scheduler.PickNext(cpu);
                break;
            default:
                throw new InvalidOperationException($"a {step.Kind} step is not a system call");
        }
        task.Mm.Vmas.Charge(cpu, counters);
        cpu.Enter(before);
    }

    private static string NameOf(TaskStepKind call) => call switch
    {
        TaskStepKind.Map => "mmap",
        TaskStepKind.Unmap => "munmap",
        TaskStepKind.Break => "brk",
        _ => call.ToString().ToLowerInvariant(),
    };

    private static void Block(Cpu cpu, SimTask task)
    {
        task.State = TaskState.Blocked;
        cpu.Current = null;
    }
}
