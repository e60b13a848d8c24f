using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>
/// The hardware bits of resident folios, wherever they are kept: in replay a byte a page, in the machine in every mapping of the
/// folio. Reading or clearing one does not flush a TLB.
/// </summary>
public interface IAccessedBits
{
    /// <summary>Whether the folio was accessed since its bit was last cleared.</summary>
    bool Test(FrameNumber folio);

    /// <summary><see cref="Test"/>, and clears the bit in every mapping.</summary>
    bool TestAndClear(FrameNumber folio);

    /// <summary>Whether evicting the folio takes a write. Never in replay, which knows no stores.</summary>
    bool IsDirty(FrameNumber folio);
}
