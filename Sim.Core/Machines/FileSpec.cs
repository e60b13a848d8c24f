using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>A file of a machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its length.</param>
/// <param name="CachedPages">Pages, from its start on, that are in memory when the machine starts, as far as there is room.</param>
public sealed record FileSpec(string Name, ByteSize Size, long CachedPages = 0);
