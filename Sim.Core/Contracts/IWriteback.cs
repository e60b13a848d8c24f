using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>Starts the writing of evicted pages.</summary>
public interface IWriteback
{
    /// <summary>Writes an unmapped frame to its swap slot and frees it when that is done.</summary>
    void WriteAndFree(FrameNumber frame, ICharge payer);
}
