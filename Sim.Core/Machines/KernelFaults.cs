using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Faults that the kernel makes on a task's behalf, for MAP_POPULATE and mlock. They are not waited for: a page that must come from the device is asked
/// for, and the first touch finds it in transit or there.
/// </summary>
internal sealed class KernelFaults : IFaultIn
{
    /// <summary>Set once: the handler needs the calls that these faults are for.</summary>
    public FaultHandler? Handler { get; set; }

    /// <summary>Where faults are written down; null where there is no time.</summary>
    public FaultLog? Log { get; set; }

    /// <summary>The process that calls; null where there are none.</summary>
    public Process? Process { get; private set; }

    /// <summary>Its counters.</summary>
    public CounterSet Counters { get; private set; } = new();

    /// <summary>From now on faults are a process's.</summary>
    public void MakeFor(Process process) => (Process, Counters) = (process, process.Counters);

    /// <summary>From now on faults are counted here, and are no process's.</summary>
    public void CountIn(CounterSet counters) => (Process, Counters) = (null, counters);

    public FaultInResult FaultIn(Mm mm, Vma vma, ulong page, bool isStore, bool waits, ICharge payer)
    {
        SimTime began = payer.Now;
        long before = Handler!.Tally.Total;
        FaultOutcome outcome = Handler.FaultIn(mm, vma, page, isStore, waits, Nobody.Instance, payer, Counters);
        if (Process is not null && Handler.Tally.Total != before) Log!.OnKernelFault(Process, page, began, payer);
        return outcome switch
        {
            FaultOutcome.OutOfMemory => FaultInResult.OutOfMemory,
            FaultOutcome.BusError => FaultInResult.BusError,
            FaultOutcome.WaitingToRetry => FaultInResult.MustWait,
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
