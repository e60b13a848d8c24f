using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Reclaim;
using Sim.Policies.Structures;

namespace Sim.Policies.Readahead;

/// <summary>
/// A fault reads the pages around it in its mapping, wherever they lie in swap: forwards or backwards where the last fault was its neighbour, and to both sides
/// otherwise. The window grows with the pages of the mapping's last one that were used. Files as with sequential-detect. What Linux does on devices that do not rotate.
/// <para>Y. Huang, "mm, swap: VMA based swap readahead", Linux 4.14, 2017; mm/swap_state.c, swap_vma_ra_win.</para>
/// <code>
///   last fault at p - 1     [p ............. p + n)
///   last fault at p + 1     (p - n ........... p]
///   any other       [p - (n - 1) / 2 ... p ... + n)     all within the mapping and 2 MiB
/// </code>
/// </summary>
[Paper("A fault reads the pages around it in its mapping, in the direction of the last fault; the window grows with the pages of the last one that were used.",
    "Y. Huang, mm, swap: VMA based swap readahead, Linux 4.14, 2017")]
public sealed class VmaWindow : IPolicy<VmaWindow, VmaWindowOptions>, IReadahead
{
    private const long TablePages = 512;
    private const int MostHits = 63;
    private readonly int _most;

    private VmaWindow(VmaWindowOptions options) => (FileWindow, _most) = (options.FileWindow, options.Pages);

    public static string Name => "readahead/vma-window";

    public int FileWindow { get; }

    public bool ReadsSwap => true;

    public static VmaWindow Create(VmaWindowOptions options, PolicyContext context) => new(options);

    public SwapWindow OnSwapFault(int addressSpace, Vma vma, ulong page, int slot)
    {
        (ulong previous, int last, int hits) = vma.SwapReadahead;
        long at = (long)page, before = (long)previous;
        int pages = SwapInWindow.Pages(before, at, hits, _most, last);
        vma.SwapReadahead = (page, pages, 0);
        long left = at == before + 1 ? at : at == before - 1 ? at - pages + 1 : at - (pages - 1) / 2;
        long table = at & ~(TablePages - 1);
        long start = Math.Max(left, Math.Max((long)vma.Start, table)), end = Math.Min(left + pages, Math.Min((long)vma.End, table + TablePages));
        return new SwapWindow(IsOfSlots: false, start, (int)(end - start));
    }

    public void OnSwapHit(int addressSpace, Vma vma, ulong page) =>
        vma.SwapReadahead = (page, vma.SwapReadahead.Window, Math.Min(vma.SwapReadahead.Hits + 1, MostHits));
}

/// <summary>Options of <see cref="VmaWindow"/>.</summary>
public sealed record VmaWindowOptions : ReadaheadOptions
{
    [Option("Most pages of a window; vm.page-cluster is its logarithm, 3 in Linux", Minimum = 1, Maximum = 32, PowerOfTwo = true)]
    public int Pages { get; init; } = 8;
}
