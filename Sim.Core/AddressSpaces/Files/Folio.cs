using Sim.Core.Units;

namespace Sim.Core.AddressSpaces.Files;

/// <summary>Pages of a file that came into the page cache as one: 2^order of them, aligned to their number. Each lies in a frame of its own.</summary>
/// <param name="start">The file's page at its start.</param>
/// <param name="frames">Where its pages lie, in order.</param>
public sealed class Folio(ulong start, FrameNumber[] frames)
{
    /// <summary>The file's page at its start.</summary>
    public ulong Start { get; } = start;

    /// <summary>Where its pages lie, in order.</summary>
    internal FrameNumber[] Frames { get; } = frames;

    /// <summary>Its pages.</summary>
    public int Pages => Frames.Length;

    /// <summary>The file's page after its last.</summary>
    public ulong End => Start + (ulong)Frames.Length;

    /// <summary>Whether whoever reaches it shall read on: PG_readahead.</summary>
    public bool IsReadaheadMark { get; internal set; }

    /// <summary>The frame of one of its pages.</summary>
    public FrameNumber FrameOf(ulong page) => Frames[(int)(page - Start)];
}
