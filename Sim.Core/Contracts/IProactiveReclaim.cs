using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>
/// A replacement policy that also evicts when no room is needed: a hit may push a page out of its lowest list. After every
/// <see cref="IReclaimPolicy.OnAccess"/> it is asked for pages that are to leave at once. The many policies without the need say nothing of it, and the
/// loops never ask them.
/// </summary>
public interface IProactiveReclaim : IReclaimPolicy
{
    static bool IReclaimPolicy.IsProactive => true;

    abstract bool IReclaimPolicy.TrySelectSurplus(out FrameNumber folio);
}
