using System.Collections.Generic;

namespace Sim.Core.Physical.Vmalloc;

/// <summary>How areas are placed and given up: the policy point vmalloc.</summary>
public interface IVmallocDesign
{
    /// <summary>Whether an unmapped page follows every area.</summary>
    bool HasGuard { get; }

    /// <summary>Whether freed areas wait until many can be flushed from the TLBs at once.</summary>
    bool PurgesLazily { get; }

    /// <summary>Whether small areas come from blocks of each CPU.</summary>
    bool HasCpuBlocks { get; }

    /// <summary>Which free range an area of so many pages is cut from: its place in <paramref name="free"/>, or -1 when none is long enough.</summary>
    /// <param name="free">The free ranges in address order: first page and pages.</param>
    /// <param name="pages">Pages of the area, guard included.</param>
    int Choose(IReadOnlyList<(long First, long Pages)> free, long pages);
}
