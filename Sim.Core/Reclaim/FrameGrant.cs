using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>What came of asking for a user frame.</summary>
public enum FrameGrantKind
{
    /// <summary>The frame may be used at once.</summary>
    Ready,

    /// <summary>The frame's last page is dirty: it may be used when it has been written to its slot, or to its file.</summary>
    MustWrite,

    /// <summary>Every page that could go is just being read or written: try again when a transfer ends.</summary>
    Congested,

    /// <summary>Nothing can go: memory and swap are full.</summary>
    OutOfMemory,
}

/// <summary>The answer to a request for a user frame.</summary>
/// <param name="Kind">What came of it.</param>
/// <param name="Frame">The frame, if there is one.</param>
public readonly record struct FrameGrant(FrameGrantKind Kind, FrameNumber Frame);
