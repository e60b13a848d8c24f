using System;

namespace Sim.Workloads.Synthetic;

/// <summary>
/// An endless stream of page references within a region of <see cref="Pages"/> pages, numbered from 0. The same seed gives
/// the same stream, however it is cut into blocks.
/// </summary>
public interface IReferenceModel
{
    /// <summary>Pages of the region; every reference is below this.</summary>
    long Pages { get; }

    /// <summary>The next references, in order. Allocates nothing.</summary>
    void Fill(Span<uint> pages);
}
