using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>
/// A replacement policy that also evicts when no room is needed: a hit may push a page out of its lowest list. After every
/// <see cref="IReclaimPolicy.OnAccess"/> it is asked for pages that are to leave at once. Beside <see cref="IReclaimPolicy"/>, so that the many
/// policies without the need say nothing of it; the loops ask only the types that implement this.
/// </summary>
public interface IProactiveReclaim
{
    /// <summary>
    /// The resident folio that is to leave next, or false when none is. Asking changes nothing: <see cref="IReclaimPolicy.OnEvict"/> follows, or
    /// <see cref="IReclaimPolicy.OnPutBack"/>, after which the policy no longer asks for this folio to leave.
    /// </summary>
    bool TrySelectSurplus(out FrameNumber folio);
}
