using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>Writes evicted pages.</summary>
public interface IWriteback
{
    /// <summary>Writes an unmapped frame to its swap slot at once, where the device works synchronously; false where it does not.</summary>
    bool TryWriteNow(ICharge payer);

    /// <summary>Writes an unmapped frame to its swap slot and frees it when that is done.</summary>
    void WriteAndFree(FrameNumber frame, ICharge payer);
}
