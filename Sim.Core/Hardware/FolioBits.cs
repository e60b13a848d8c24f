namespace Sim.Core.Hardware;

/// <summary>
/// The accessed and dirty bits of all mappings of a folio, kept as one byte a frame beside the page tables: what a kernel asks of the reverse map
/// (folio_referenced, and the dirty bit that unmapping hands on to the folio). Choosing and taking a victim then reads a dense array instead of a
/// scattered entry a mapping, which took 180 ns of the host's time a fault to choose and as much again to take.
/// <code>
///   | unused : 6 | dirty | accessed |
/// </code>
/// </summary>
public static class FolioBits
{
    /// <summary>A walk has used a mapping since the bit was cleared.</summary>
    public const byte Accessed = 1;

    /// <summary>The page was stored to since it was last the same as its copy in swap.</summary>
    public const byte Dirty = 2;
}
