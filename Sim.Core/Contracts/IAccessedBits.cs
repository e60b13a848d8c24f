using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>The accessed bits of resident pages, wherever they are kept: in replay a byte a page, in the machine in every mapping.</summary>
public interface IAccessedBits
{
    /// <summary>Whether the folio was accessed since its bit was last cleared; clears it in every mapping. Does not flush a TLB.</summary>
    bool TestAndClear(FrameNumber folio);
}
