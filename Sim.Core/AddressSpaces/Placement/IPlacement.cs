using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces.Placement;

/// <summary>
/// The `placement` policy point: where a mapping goes that names no place, or names one that is taken (get_unmapped_area). One instance an
/// address space; registered by <see cref="IPolicy{TSelf,TOptions}"/>.
/// </summary>
public interface IPlacement
{
    /// <summary>
    /// A free range of <see cref="PlacementRequest.Pages"/> pages, aligned as asked, that keeps the gap below stacks. False where there is none.
    /// <see cref="FreeSpace"/> has the searches.
    /// </summary>
    bool TryPlace(Mm mm, in PlacementRequest request, out ulong page);
}
