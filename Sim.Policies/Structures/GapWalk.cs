using System;
using Sim.Core.AddressSpaces;

namespace Sim.Policies.Structures;

/// <summary>
/// The search for free space along the list of mappings, one mapping after the other: get_unmapped_area before Linux 3.8. Ranges are [start, end) in pages.
/// </summary>
public static class GapWalk
{
    /// <summary>The lowest gap of <paramref name="pages"/> pages in [low, high), upwards from <paramref name="above"/>, the first mapping that ends after low.</summary>
    public static bool TryFindLowest(Vma? above, ulong low, ulong high, ulong pages, ref VmaIndexTally tally, out ulong start)
    {
        start = low;
        for (Vma? vma = above; ; vma = vma.Next)
        {
            ulong end = Math.Min(vma?.Start ?? high, high);
            tally.Comparisons++;
            if (end > start && end - start >= pages) return true;
            if (vma is null || vma.End >= high) return false;
            tally.Visits++;
            start = Math.Max(start, vma.End);
        }
    }

    /// <summary>The highest gap of <paramref name="pages"/> pages in [low, high), downwards from <paramref name="below"/>, the last mapping that starts before high.</summary>
    public static bool TryFindHighest(Vma? below, ulong low, ulong high, ulong pages, ref VmaIndexTally tally, out ulong start)
    {
        start = 0;
        ulong end = high;
        for (Vma? vma = below; ; vma = vma.Previous)
        {
            ulong from = Math.Max(vma?.End ?? low, low);
            tally.Comparisons++;
            if (end > from && end - from >= pages)
            {
                start = end - pages;
                return true;
            }
            if (vma is null || vma.Start <= low) return false;
            tally.Visits++;
            end = Math.Min(end, vma.Start);
        }
    }

    /// <summary>The last mapping that starts before <paramref name="page"/>, given the first that ends at or after it.</summary>
    public static Vma? LastBefore(VmaList list, Vma? found, ulong page) => found is not null && found.Start < page ? found : list.Before(found);
}
