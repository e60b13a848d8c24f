namespace Sim.Core.AddressSpaces;

/// <summary>The arguments of mremap, addresses and lengths in bytes.</summary>
/// <param name="Address">Where the range is.</param>
/// <param name="OldBytes">How long it is. 0 duplicates a shared mapping.</param>
/// <param name="NewBytes">How long it shall be.</param>
/// <param name="Flags">Whether and how it may move.</param>
/// <param name="NewAddress">Where to, with <see cref="RemapFlags.Fixed"/>; with <see cref="RemapFlags.DontUnmap"/> a hint.</param>
public readonly record struct RemapRequest(ulong Address, ulong OldBytes, ulong NewBytes, RemapFlags Flags, ulong NewAddress = 0);
