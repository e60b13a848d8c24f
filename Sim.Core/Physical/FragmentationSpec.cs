namespace Sim.Core.Physical;

/// <summary>How broken up memory is at the start.</summary>
/// <param name="Order">For which requests: 9 for 2 MiB.</param>
/// <param name="Index">The share of free memory that is of no use to them, 0 to 1.</param>
/// <param name="IsMovable">Whether what is in the way can be moved, so that compaction may clear it.</param>
public sealed record FragmentationSpec(int Order, double Index, bool IsMovable);
