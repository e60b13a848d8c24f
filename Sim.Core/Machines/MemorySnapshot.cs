using System.Collections.Generic;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What a machine's memory looks like at one point of simulated time, in the forms of /proc.</summary>
/// <param name="Time">When.</param>
/// <param name="BuddyInfo">/proc/buddyinfo.</param>
/// <param name="PageTypeInfo">/proc/pagetypeinfo.</param>
/// <param name="SlabInfo">/proc/slabinfo.</param>
/// <param name="VmallocInfo">/proc/vmallocinfo.</param>
public sealed record MemorySnapshot(SimTime Time, string BuddyInfo, string PageTypeInfo, string SlabInfo, string VmallocInfo)
{
    /// <summary>The texts by the names of the kernel's files.</summary>
    public IReadOnlyList<(string File, string Text)> Files => [("buddyinfo", BuddyInfo), ("pagetypeinfo", PageTypeInfo), ("slabinfo", SlabInfo), ("vmallocinfo", VmallocInfo)];

    internal static MemorySnapshot Of(MachineParts parts, SimTime time) => new(time, Physical.BuddyInfo.Write(parts.Allocator),
        Physical.BuddyInfo.WriteTypes(parts.Allocator), Physical.Slab.SlabInfo.Write(parts.Objects.Caches.All), Physical.Vmalloc.VmallocInfo.Write(parts.Objects.Vmalloc));
}
