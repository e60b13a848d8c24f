using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>Moves pages aside for compaction.</summary>
public interface IPageMover
{
    /// <summary>
    /// Moves what lies in one frame to another, which nobody owns: its contents, mappings and place in its domain. False when it cannot be moved just
    /// now, and then nothing has changed. Afterwards the caller owns the first frame.
    /// </summary>
    bool TryMove(FrameNumber from, FrameNumber to, ICharge payer);
}
