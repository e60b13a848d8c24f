using System.Collections.Generic;

namespace Sim.Workloads.Programs;

/// <summary>
/// The named regions of a thread. A name is like a pointer: it says where its region lay when the thread last heard of it, whatever others have done to it since.
/// </summary>
internal sealed class RegionTable
{
    private readonly Dictionary<string, (ulong First, long Pages)> _regions;

    /// <summary>No region.</summary>
    public RegionTable() => _regions = [];

    /// <summary>A thread's or child's copy of those of who starts it.</summary>
    public RegionTable(RegionTable parent) => _regions = new(parent._regions);

    public void Put(string name, ulong first, long pages) => _regions[name] = (first, pages);

    public bool TryGet(string name, out (ulong First, long Pages) region) => _regions.TryGetValue(name, out region);

    public void Remove(string name) => _regions.Remove(name);
}
