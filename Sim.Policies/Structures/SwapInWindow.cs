using System;
using System.Numerics;

namespace Sim.Policies.Structures;

/// <summary>How many pages Linux reads from swap at once: __swapin_nr_pages of mm/swap_state.c, 6.18.</summary>
public static class SwapInWindow
{
    /// <summary>Hits that are taken for granted before anything was read ahead.</summary>
    public const int FirstHits = 4;

    /// <summary>
    /// Two more than pages of the last window that were used, as a power of two from four on; without any, two for a neighbour of the last place and otherwise the page
    /// alone. At least half of the last window, so that it does not shrink too fast.
    /// </summary>
    public static int Pages(long previous, long place, int hits, int most, int last)
    {
        int pages = hits > 0 ? Math.Max(4, (int)BitOperations.RoundUpToPowerOf2((uint)hits + 2))
            : Math.Abs(place - previous) == 1 ? 2 : 1;
        return Math.Max(Math.Min(pages, most), last / 2);
    }
}
