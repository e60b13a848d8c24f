namespace Sim.Core.AddressSpaces.Files;

/// <summary>
/// How far an open file has been read ahead: file_ra_state. In pages.
/// <code>
///   | ......... window of Size pages ............. |
///   Start                  mark = Start + Size - AsyncSize: who reaches it reads the next window
/// </code>
/// </summary>
public sealed class ReadaheadState
{
    /// <summary>Where the window begins.</summary>
    public ulong Start { get; internal set; }

    /// <summary>Its length.</summary>
    public ulong Size { get; internal set; }

    /// <summary>How much of it lies behind the mark.</summary>
    public ulong AsyncSize { get; internal set; }

    /// <summary>The order of the folios that it is read in; grows by two a window.</summary>
    public int Order { get; internal set; }

    /// <summary>Faults that found nothing, less the pages that others found.</summary>
    public int MmapMisses { get; internal set; }

    /// <summary>The page that was read last; none at first.</summary>
    public ulong Previous { get; internal set; } = ulong.MaxValue >> 12;
}
