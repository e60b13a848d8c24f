using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Physical.Vmalloc;

namespace Sim.Policies.Vmalloc;

/// <summary>
/// Areas in the shortest free range that is long enough, the lowest of several; otherwise as first-fit.
/// <para>D. E. Knuth, The Art of Computer Programming 1, section 2.5.</para>
/// </summary>
[Paper("The shortest free range that is long enough; otherwise as first-fit with all its options on.", "D. E. Knuth, The Art of Computer Programming 1, section 2.5")]
public sealed class BestFit : IVmallocDesign, IPolicy<BestFit, NoOptions>
{
    private BestFit()
    {
    }

    public static string Name => "vmalloc/best-fit";

    public bool HasGuard => true;

    public bool PurgesLazily => true;

    public bool HasCpuBlocks => true;

    public static BestFit Create(NoOptions options, PolicyContext context) => new();

    public int Choose(IReadOnlyList<(long First, long Pages)> free, long pages)
    {
        int best = -1;
        for (int i = 0; i < free.Count; i++)
        {
            if (free[i].Pages >= pages && (best < 0 || free[i].Pages < free[best].Pages)) best = i;
        }
        return best;
    }
}
