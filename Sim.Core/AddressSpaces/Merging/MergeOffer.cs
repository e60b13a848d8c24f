namespace Sim.Core.AddressSpaces.Merging;

/// <summary>A merge that the rules allow, offered to the policy.</summary>
/// <param name="Kind">What brought it about.</param>
/// <param name="Possible">The neighbours that it can be made with.</param>
/// <param name="LeftPages">Pages of the left neighbour, if it is possible.</param>
/// <param name="Pages">Pages of the range.</param>
/// <param name="RightPages">Pages of the right neighbour, if it is possible.</param>
public readonly record struct MergeOffer(MergeKind Kind, MergeSides Possible, ulong LeftPages, ulong Pages, ulong RightPages);
