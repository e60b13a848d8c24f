namespace Sim.Core.AddressSpaces;

/// <summary>The arguments of mmap. Address, length and offset are in bytes.</summary>
/// <param name="Address">Where, or a hint where; 0 leaves it to the kernel.</param>
/// <param name="Bytes">The length, rounded up to pages.</param>
/// <param name="Protection">The access.</param>
/// <param name="Flags">What kind, and how.</param>
/// <param name="File">What to map; null with <see cref="MapFlags.Anonymous"/>.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="ObjectName">The name that a shared anonymous object gets.</param>
public readonly record struct MapRequest(
    ulong Address, ulong Bytes, Protection Protection, MapFlags Flags, OpenFile? File = null, ulong Offset = 0, string ObjectName = "shm");
