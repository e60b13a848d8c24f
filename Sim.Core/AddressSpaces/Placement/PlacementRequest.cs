namespace Sim.Core.AddressSpaces.Placement;

/// <summary>A mapping that needs a place.</summary>
/// <param name="Pages">Its length.</param>
/// <param name="Alignment">What its first page must be a multiple of: 1, or 512 for huge pages.</param>
/// <param name="File">What it maps; null for anonymous memory.</param>
/// <param name="FileOffset">The page of the file at its start.</param>
/// <param name="IsShared">Whether it is shared.</param>
/// <param name="Hint">The page that the caller would like, free or not; 0 when it named none.</param>
public readonly record struct PlacementRequest(ulong Pages, ulong Alignment, FileObject? File, ulong FileOffset, bool IsShared, ulong Hint);
