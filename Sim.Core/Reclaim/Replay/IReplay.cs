using System;

namespace Sim.Core.Reclaim.Replay;

/// <summary>One policy with one number of frames over one page-reference string: replacement alone, without a machine.</summary>
public interface IReplay
{
    /// <summary>Makes room for page numbers below <paramref name="pages"/>, in place of what there was room for. Not to be called with a smaller number than before.</summary>
    void Reserve(long pages);

    /// <summary>The next references, as dense page numbers.</summary>
    void Run(ReadOnlySpan<uint> pages);

    /// <summary>References so far that found their page absent.</summary>
    long Misses { get; }

    /// <summary>Checks the policy's books and the residency.</summary>
    void CheckInvariants();
}
