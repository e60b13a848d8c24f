using System;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What a CPU does without the kernel: references that hit the TLB or walk to a permitted entry, and computing.</summary>
internal sealed class PrivateWork(IAccessLoop loop, MeasuredPart measured)
{
    /// <summary>Lets a CPU do private work up to a horizon, or to where it needs the kernel.</summary>
    public void Advance(Cpu cpu, SimTime horizon)
    {
        SimTask task = cpu.Current!;
        Process process = task.Process;
        SimTime until = SimTime.Min(horizon, cpu.QuantumEnds);
        while (cpu.Now < until && cpu.Stop == StopReason.None)
        {
            if (task.ComputeLeft > SimTime.Zero)
            {
                SimTime stretch = SimTime.Min(task.ComputeLeft, until - cpu.Now);
                task.ComputeLeft -= stretch;
                cpu.Spend(task.IsKernelThread ? TimeCategory.KernelThread : TimeCategory.User, stretch);
            }
            else if (task.Position < task.Length)
            {
                int end = measured.LimitToWarmup(process, task.Position, task.Length);
                if (loop.Run(cpu, task, end, until)) cpu.Stop = StopReason.Fault;
                else if (task.Mm.Domain.TrySelectSurplus(out _)) cpu.Stop = StopReason.Surplus;
                measured.Observe(process, cpu.Now);
            }
            else TakeStep(cpu, task);
        }
        if (cpu.Stop == StopReason.None && cpu.Now >= cpu.QuantumEnds) cpu.Stop = StopReason.QuantumEnd;
    }

    private static void TakeStep(Cpu cpu, SimTask task)
    {
        if (task.Suspended is { } suspended)
        {
            cpu.PendingStep = suspended;
            cpu.Stop = StopReason.SystemCall;
            return;
        }
        TaskStep step = task.Program.Next(task.LastResult, task.Block.AsSpan(0, SimTask.BlockLength));
        task.LastResult = 0;
        switch (step.Kind)
        {
            case TaskStepKind.Access:
                task.Position = 0;
                task.Length = (int)step.First;
                break;
            case TaskStepKind.Compute:
                task.ComputeLeft = new SimTime(step.First);
                break;
            default:
                cpu.PendingStep = step;
                cpu.Stop = StopReason.SystemCall;
                break;
        }
    }
}
