namespace Sim.Core.Reclaim;

/// <summary>Pages that are to be read from swap together.</summary>
/// <param name="IsOfSlots">Whether it counts slots of the device, whoever's pages lie there, or pages of the faulting address space.</param>
/// <param name="First">The first.</param>
/// <param name="Count">How many.</param>
/// <param name="Stride">From each to the next.</param>
public readonly record struct SwapWindow(bool IsOfSlots, long First, int Count, long Stride = 1);
