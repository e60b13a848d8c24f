using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;

namespace Sim.Policies.Placement;

/// <summary>
/// The lowest gap above a third of the address space: first fit, as Linux places in its legacy layout (without its rule for huge pages).
/// <para>D. E. Knuth, The Art of Computer Programming 1, section 2.5, 1968 (first fit); Linux 6.18, arch_get_unmapped_area.</para>
/// </summary>
[Paper("The lowest gap above a third of the address space.",
    "D. E. Knuth, The Art of Computer Programming 1, section 2.5, 1968 (first fit); Linux 6.18, arch_get_unmapped_area")]
public sealed class BottomUp : IPolicy<BottomUp, NoOptions>, IPlacement
{
    private BottomUp()
    {
    }

    public static string Name => "placement/bottom-up";

    public static BottomUp Create(NoOptions options, PolicyContext context) => new();

    public bool TryPlace(Mm mm, in PlacementRequest request, out ulong page)
    {
        page = request.Hint;
        return FreeSpace.IsHintFree(mm.Vmas, request)
            || FreeSpace.TryLowest(mm.Vmas, AddressSpaceLayout.UnmappedBase, AddressSpaceLayout.TaskEnd, request.Pages, request.Alignment, out page);
    }
}
