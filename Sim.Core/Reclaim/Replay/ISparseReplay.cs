using System;

namespace Sim.Core.Reclaim.Replay;

/// <summary>
/// One policy with one number of frames over references to pages of any 64-bit ids. Memory is bounded by the resident pages and the shadows that the
/// policy left, not by all pages; each reference pays a hash look-up that <see cref="IReplay"/> does not.
/// </summary>
public interface ISparseReplay
{
    /// <summary>The next references, as page ids.</summary>
    void Run(ReadOnlySpan<ulong> pages);

    /// <summary>References so far that found their page absent.</summary>
    long Misses { get; }

    /// <summary>Checks the policy's books and the residency.</summary>
    void CheckInvariants();
}
