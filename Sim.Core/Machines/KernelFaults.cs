using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Metrics;

namespace Sim.Core.Machines;

/// <summary>
/// Faults that the kernel makes on a task's behalf, for MAP_POPULATE and mlock. They are not waited for: a page that must come from the device is asked
/// for, and the first touch finds it in transit or there.
/// </summary>
internal sealed class KernelFaults : IFaultIn
{
    /// <summary>Set once: the handler needs the calls that these faults are for.</summary>
    public FaultHandler? Handler { get; set; }

    /// <summary>The counters of the process that calls.</summary>
    public CounterSet Counters { get; set; } = new();

    public FaultInResult FaultIn(Mm mm, Vma vma, ulong page, bool isStore, bool waits, ICharge payer) =>
        Handler!.FaultIn(mm, vma, page, isStore, waits, Nobody.Instance, payer, Counters) switch
        {
            FaultOutcome.OutOfMemory => FaultInResult.OutOfMemory,
            FaultOutcome.BusError => FaultInResult.BusError,
            FaultOutcome.WaitingToRetry => FaultInResult.MustWait,
            _ => FaultInResult.Done,
        };

    internal sealed class Nobody : IWaitingTask
    {
        public static Nobody Instance { get; } = new();

        public void Wake()
        {
        }
    }
}
