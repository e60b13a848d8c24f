using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Makes threads wait for each other as the `mm-lock` policy says. A stop is done at once, and takes simulated time; whoever stops within that time, and
/// needs what it holds, goes to sleep and does its stop when it has been handed the lock.
/// <code>
///   CPU 0   | mmap: exclusive |
///   CPU 1        | fault: sleeps .............. | fault |
///                             '-- delivery ----'^ handed over, wakes
/// </code>
/// A task that sleeps for any other reason, a page's arrival say, holds nothing meanwhile (FAULT_FLAG_RETRY).
/// </summary>
internal sealed class MmLocks(IMmLock policy, bool hasZeroPage, EventQueue events, Scheduler scheduler, Func<MeasuredPart> measured, SimTime delivery)
{
    private readonly Dictionary<int, MmLock> _locks = [];
    private (SimTask Task, MmLock Lock, int AddressSpace, MmLockRequest Request)? _entered;

    /// <summary>How long tasks have waited that had to, in the measured part.</summary>
    public LatencyHistogram Waits { get; } = new();

    /// <summary>A CPU is about to do what it has stopped for. False when its task must wait first: it sleeps.</summary>
    public bool TryEnter(Cpu cpu)
    {
        SimTask task = cpu.Current!;
        _entered = null;
        MmLockRequest request = task.IsKernelThread ? default : Request(cpu, task);
        if (request.Mode == MmLockMode.None && task.LockAwaitedSince is null) return true;
        MmLock of = LockOf(task.Mm);
        scheduler.LastLeft = SimTime.Never;
        if (task.LockAwaitedSince is { } since)
        {
            if (measured().From != SimTime.Never) Waits.Record(cpu.Now - since);
            _entered = (task, of, task.Mm.Index, request);
            return true;
        }
        CounterSet counters = task.Process.Counters;
        counters.Add(request.Mode == MmLockMode.Mapping ? Counter.VmaLockSuccess : Counter.MmLockAcquired);
        of.Expire(cpu.Now);
        if (request.Mode == MmLockMode.Mapping || (!of.IsAwaited && of.Admits(request)))
        {
            _entered = (task, of, task.Mm.Index, request);
            return true;
        }
        counters.Add(Counter.MmLockContended);
        Sleep(cpu, task, of, request);
        return false;
    }

    /// <summary>The CPU has done it.</summary>
    public void Leave(Cpu cpu)
    {
        if (_entered is not var (task, of, addressSpace, request)) return;
        task.LockAwaitedSince = null;
        SimTime end = SimTime.Min(cpu.Now, scheduler.LastLeft);
        of.Hold(task, request.After(task.LastResult), end);
        ScheduleHandOver(of, addressSpace, end);
    }

    /// <summary>Somebody is done with the lock of an address space: the first that wait get it.</summary>
    public void HandOver(int addressSpace, SimTime time)
    {
        if (!_locks.TryGetValue(addressSpace, out MmLock? of)) return;
        of.IsHandOverDue = false;
        of.Expire(time);
        while (of.TryHandOver(out SimTask task, out int cpu))
        {
            scheduler.WakingContext = (cpu, time);
            scheduler.MakeRunnable(task);
        }
        ScheduleHandOver(of, addressSpace, time);
    }

    /// <summary>A task has ended.</summary>
    public void OnEnd(SimTask task, SimTime now)
    {
        if (!_locks.TryGetValue(task.Mm.Index, out MmLock? of)) return;
        of.Forget(task);
        if (task.Mm.Users == 1 && !of.IsAwaited) _locks.Remove(task.Mm.Index);
        else ScheduleHandOver(of, task.Mm.Index, now);
    }

    private void Sleep(Cpu cpu, SimTask task, MmLock of, in MmLockRequest request)
    {
        of.Await(task, request, cpu.Number);
        task.LockAwaitedSince = cpu.Now;
        if (cpu.Stop == StopReason.Fault) task.SuspendedFault = cpu.Fault;
        else if (task.Suspended is null)
        {
            // The call has been entered; it goes on when the lock is had.
            TimeCategory before = cpu.Enter(TimeCategory.SystemCall);
            cpu.Charge(Cost.SystemCallEntryExit);
            cpu.Enter(before);
            task.Process.Counters.Add(Counter.SystemCalls);
            task.Suspended = cpu.PendingStep;
        }
        ScheduleHandOver(of, task.Mm.Index, cpu.Now);
        task.State = TaskState.Blocked;
        scheduler.PickNext(cpu);
    }

    private void ScheduleHandOver(MmLock of, int addressSpace, SimTime now)
    {
        if (!of.IsAwaited || of.IsHandOverDue) return;
        SimTime end = of.FirstEnd;
        if (end == SimTime.Never && of.HasPending) return;
        of.IsHandOverDue = true;
        events.Schedule((end == SimTime.Never ? now : SimTime.Max(now, end)) + delivery, (int)EventKind.LockHandOver, addressSpace);
    }

    private MmLock LockOf(Mm mm)
    {
        if (!_locks.TryGetValue(mm.Index, out MmLock? of)) _locks.Add(mm.Index, of = new MmLock());
        return of;
    }

    private MmLockRequest Request(Cpu cpu, SimTask task) => cpu.Stop switch
    {
        StopReason.Fault => OfFault(task.Mm, cpu.Fault.Page, cpu.Fault.IsStore, cpu.Now),
        StopReason.SystemCall => OfCall(cpu.PendingStep, task.Mm),
        _ => default,
    };

    private MmLockRequest OfFault(Mm mm, ulong page, bool isStore, SimTime now)
    {
        // Alone, a task waits for nobody, whatever it takes: its mapping need not be looked for.
        MmLock of = LockOf(mm);
        if (mm.Users == 1 && !of.IsAwaited) return new MmLockRequest(policy.OfFault(false, false));
        Vma? vma = mm.Vmas.First;
        while (vma is not null && vma.End <= page) vma = vma.Next;
        bool needsAnonVma = vma is { AnonVma: null } && !vma.Has(VmaFlags.Shared) && (isStore || !hasZeroPage);
        bool needsAddressSpace = vma is null || vma.Start > page || needsAnonVma;
        of.Expire(now);
        (ulong first, ulong end) = vma is null ? (page, page + 1) : (ulong.Min(vma.Start, page), vma.End);
        return new MmLockRequest(policy.OfFault(of.IsChanging(first, end), needsAddressSpace), first, end);
    }

    /// <summary>What a call takes, and the range that it changes.</summary>
    private MmLockRequest OfCall(in TaskStep step, Mm mm)
    {
        MappingArguments on = step.Mapping;
        return step.Kind switch
        {
            TaskStepKind.Map or TaskStepKind.Attach => new MmLockRequest(policy.OfCall(true), NewPages: (ulong)step.First),
            TaskStepKind.MapWith when on.Page == 0 => new MmLockRequest(policy.OfCall(true), NewPages: on.Pages),
            TaskStepKind.Unmap => Around(policy.OfCall(true), (ulong)step.First, (ulong)step.Second),
            TaskStepKind.Break => Around(policy.OfCall(true), mm.HeapStart, (mm.Break >> 12) - mm.HeapStart + 1),
            TaskStepKind.Advise when IsOfPages((Advice)on.Flags) => new MmLockRequest(policy.OfCall(false)),
            TaskStepKind.MapWith or TaskStepKind.Protect or TaskStepKind.Remap or TaskStepKind.Advise or TaskStepKind.Lock or TaskStepKind.Unlock
                => Around(policy.OfCall(true), on.Page, on.Pages),
            TaskStepKind.Fork => new MmLockRequest(policy.OfCall(true), 0, ulong.MaxValue),
            _ => default,
        };
    }

    /// <summary>What a call splits off on either side belongs to the mapping that it changes.</summary>
    private static MmLockRequest Around(MmLockMode mode, ulong first, ulong pages) => new(mode, first == 0 ? 0 : first - 1, first + pages + 1);

    private static bool IsOfPages(Advice advice) => advice is Advice.DontNeed or Advice.Free or Advice.Cold or Advice.PageOut or Advice.WillNeed;
}
