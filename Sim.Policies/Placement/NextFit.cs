using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;

namespace Sim.Policies.Placement;

/// <summary>
/// The first gap above the last mapping that was placed; at the top of the space the search begins again at its bottom. Linux placed so until 2.6,
/// from its free_area_cache.
/// <para>D. E. Knuth, The Art of Computer Programming 1, section 2.5, exercise 6, 1968.</para>
/// </summary>
[Paper("The first gap above the last mapping that was placed, round the space.",
    "D. E. Knuth, The Art of Computer Programming 1, section 2.5, exercise 6, 1968")]
public sealed class NextFit : IPolicy<NextFit, NoOptions>, IPlacement
{
    private ulong _next = AddressSpaceLayout.UnmappedBase;

    private NextFit()
    {
    }

    public static string Name => "placement/next-fit";

    public static NextFit Create(NoOptions options, PolicyContext context) => new();

    public bool TryPlace(Mm mm, in PlacementRequest request, out ulong page)
    {
        page = request.Hint;
        if (FreeSpace.IsHintFree(mm.Vmas, request)) return true;
        bool isFound = FreeSpace.TryLowest(mm.Vmas, _next, mm.MmapBase, request.Pages, request.Alignment, out page)
            || FreeSpace.TryLowest(mm.Vmas, AddressSpaceLayout.UnmappedBase, mm.MmapBase, request.Pages, request.Alignment, out page);
        if (isFound) _next = page + request.Pages;
        return isFound;
    }
}
