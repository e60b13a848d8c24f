using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>The machine at one point of simulated time.</summary>
/// <param name="Time">When.</param>
/// <param name="Counters">All counters, summed over processes, since the start.</param>
/// <param name="Busy">CPU time that was not idle, summed over CPUs, since the start.</param>
/// <param name="FreeFrames">Frames that are free.</param>
/// <param name="ResidentPages">User pages resident.</param>
/// <param name="Runnable">Tasks that wait for a CPU.</param>
/// <param name="UnusableFreeShare">The share of free memory that is of no use to a request for 2 MiB, over all zones.</param>
/// <param name="Mappings">Mappings of all processes.</param>
/// <param name="MappingBytes">Memory of the kernel objects that mappings take: themselves, their anon_vmas and chains, and the index's nodes.</param>
public sealed record Sample(SimTime Time, CounterSet Counters, SimTime Busy, long FreeFrames, long ResidentPages, int Runnable, double UnusableFreeShare,
    int Mappings, long MappingBytes);
