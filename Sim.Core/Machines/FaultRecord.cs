using Sim.Core.Faults;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>One page fault, as the table of faults holds it.</summary>
/// <param name="Time">When the access faulted.</param>
/// <param name="Cpu">Where.</param>
/// <param name="Process">Whose.</param>
/// <param name="Address">The page's address.</param>
/// <param name="ErrorCode">The processor's error code: bit 0 the page was present, bit 1 a store, bit 2 from user mode.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Latency">From the fault to the task's going on, without its waiting for a CPU; zero where the task did not go on.</param>
public readonly record struct FaultRecord(
    SimTime Time, int Cpu, int Process, VirtualAddress Address, int ErrorCode, FaultOutcome Outcome, SimTime Latency);
