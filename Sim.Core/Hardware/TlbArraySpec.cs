using System.Collections.Generic;

namespace Sim.Core.Hardware;

/// <summary>One set-associative array of translations.</summary>
/// <param name="Entries">Translations in all.</param>
/// <param name="Ways">Translations a set; as many as entries is fully associative. Entries are a multiple of it; any number of sets will do.</param>
/// <param name="PageSizes">The page sizes that it holds.</param>
/// <param name="Replacement">Which translation a set gives up.</param>
public sealed record TlbArraySpec(int Entries, int Ways, IReadOnlyList<PageSize> PageSizes, TlbReplacement Replacement = TlbReplacement.Lru)
{
    /// <summary>Sets of the array.</summary>
    public int Sets => Entries / Ways;
}
