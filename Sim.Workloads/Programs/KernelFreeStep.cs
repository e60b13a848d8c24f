namespace Sim.Workloads.Programs;

/// <summary>Frees what another thread hands over; looks again every microsecond while there is nothing, and gives up after 100 ms of that.</summary>
/// <param name="HandOver">The name under which it is handed over.</param>
/// <param name="Count">How many.</param>
public sealed record KernelFreeStep(string HandOver, long Count) : ProgramStep;
