using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Faults that the kernel makes on a task's behalf, for MAP_POPULATE, mlock and madvise(MADV_POPULATE_*). After one that a device must serve there are no more:
/// the task sleeps, and the call is made again.
/// </summary>
internal sealed class KernelFaults : IFaultIn
{
    private SimTask? _task;

    /// <summary>Set once: the handler needs the calls that these faults are for.</summary>
    public FaultHandler? Handler { get; set; }

    /// <summary>Where faults are written down; null where there is no time.</summary>
    public FaultLog? Log { get; set; }

    /// <summary>Waits for the files' device where there is no time; set once.</summary>
    public Action? Wait { get; set; }

    /// <summary>Its counters.</summary>
    public CounterSet Counters { get; private set; } = new();

    /// <summary>Whether the task will be woken when a page is there that it must wait for.</summary>
    public bool MustWait { get; private set; }

    /// <summary>From now on faults are a task's, which may go on with a call in which it slept.</summary>
    public void MakeFor(SimTask task, bool goesOn)
    {
        (_task, Counters, MustWait) = (task, task.Process.Counters, false);
        if (!goesOn) (task.CallPosition, task.CallWaitedFor) = (0, -1);
    }

    /// <summary>From now on faults are counted here, and are no process's.</summary>
    public void CountIn(CounterSet counters) => (_task, Counters) = (null, counters);

    public FaultInResult FaultIn(Mm mm, Vma vma, ulong page, bool isStore, bool waits, ICharge payer)
    {
        if (MustWait) return FaultInResult.MustWait;
        // What it has come past may have been evicted again: it is not gone after, or a call for more than there is memory would never end.
        if (_task is not null && page < (ulong)_task.CallPosition) return FaultInResult.Done;
        SimTime began = payer.Now;
        long before = Handler!.Tally.Total;
        bool isGoingOn = _task?.CallWaitedFor == (long)page;
        FaultOutcome outcome = Handler.FaultIn(mm, vma, page, isStore, waits, _task ?? (IWaitingTask)Nobody.Instance, payer, Counters, isGoingOn);
        if (_task is null && outcome == FaultOutcome.Reading)
        {
            Wait!();
            outcome = Handler.FaultIn(mm, vma, page, isStore, waits, Nobody.Instance, payer, Counters, isGoingOn: true);
        }
        if (_task is not null && Handler.Tally.Total != before) Log!.OnFault(_task, page, began, payer);
        MustWait = _task is not null && outcome is FaultOutcome.Waiting or FaultOutcome.WaitingToRetry or FaultOutcome.Reading;
        if (MustWait) (_task!.CallPosition, _task.CallWaitedFor) = outcome == FaultOutcome.Waiting ? ((long)page + 1, -1) : ((long)page, outcome == FaultOutcome.Reading ? (long)page : -1);
        return outcome switch
        {
            FaultOutcome.OutOfMemory => FaultInResult.OutOfMemory,
            FaultOutcome.BusError => FaultInResult.BusError,
            _ when MustWait => FaultInResult.MustWait,
            FaultOutcome.WaitingToRetry or FaultOutcome.Reading => FaultInResult.MustWait,
            _ => FaultInResult.Done,
        };
    }

    internal sealed class Nobody : IWaitingTask
    {
        public static Nobody Instance { get; } = new();

        public void Wake()
        {
        }
    }
}
