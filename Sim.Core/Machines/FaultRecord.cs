using Sim.Core.Faults;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>One page fault, as the table of faults holds it.</summary>
/// <param name="Time">When the access faulted.</param>
/// <param name="Cpu">Where.</param>
/// <param name="Process">Whose.</param>
/// <param name="Address">The page's address.</param>
/// <param name="Kind">Its error code, cause and outcome.</param>
/// <param name="Latency">From the fault to the task's going on, without its waiting for a CPU unless the fault itself goes on after that; zero where the task did not go on.</param>
public readonly record struct FaultRecord(
    SimTime Time, int Cpu, int Process, VirtualAddress Address, FaultKind Kind, SimTime Latency);
