using System.Collections.Generic;

namespace Sim.Core.Physical.Vmalloc;

/// <summary>The lowest range that is long enough, as in Linux.</summary>
/// <param name="HasGuard">Whether an unmapped page follows every area.</param>
/// <param name="PurgesLazily">Whether freed areas wait for a common flush.</param>
/// <param name="HasCpuBlocks">Whether small areas come from blocks of each CPU.</param>
public sealed record FirstFitDesign(bool HasGuard = true, bool PurgesLazily = true, bool HasCpuBlocks = true) : IVmallocDesign
{
    public int Choose(IReadOnlyList<(long First, long Pages)> free, long pages)
    {
        for (int i = 0; i < free.Count; i++)
        {
            if (free[i].Pages >= pages) return i;
        }
        return -1;
    }
}
