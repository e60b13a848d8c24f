using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;

namespace Sim.Policies.Placement;

/// <summary>
/// The smallest gap that holds the mapping, the highest of several, at its upper end. The walk over all gaps is not charged: no index of the
/// catalogue keeps gaps by size.
/// <para>D. E. Knuth, The Art of Computer Programming 1, section 2.5, 1968.</para>
/// </summary>
[Paper("The smallest gap that holds the mapping, the highest of several.", "D. E. Knuth, The Art of Computer Programming 1, section 2.5, 1968")]
public sealed class BestFit : IPolicy<BestFit, NoOptions>, IPlacement
{
    private BestFit()
    {
    }

    public static string Name => "placement/best-fit";

    public static BestFit Create(NoOptions options, PolicyContext context) => new();

    public bool TryPlace(Mm mm, in PlacementRequest request, out ulong page)
    {
        page = request.Hint;
        if (FreeSpace.IsHintFree(mm.Vmas, request)) return true;
        page = 0;
        ulong smallest = ulong.MaxValue, end = mm.MmapBase;
        mm.Vmas.CountWalk(mm.Vmas.Count);
        for (Vma? vma = mm.Vmas.Last; ; vma = vma.Previous)
        {
            ulong start = ulong.Max(vma?.End ?? 0, AddressSpaceLayout.LowestPage);
            if (end >= start + request.Pages && end - start < smallest)
            {
                ulong place = (end - request.Pages) & ~(request.Alignment - 1);
                if (place >= start) (smallest, page) = (end - start, place);
            }
            if (vma is null) return page != 0;
            end = ulong.Min(end, AddressSpaceLayout.StartWithGap(vma));
        }
    }
}
