using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Reclaim;
using Sim.Policies.Structures;

namespace Sim.Policies.Readahead;

/// <summary>
/// A fault reads an aligned cluster of slots of the swap device, whoever's pages lie there: pages that were evicted together. The cluster grows with the pages of the
/// last one that were used, for the whole machine. Files as with sequential-detect. What Linux does on devices that rotate.
/// <para>S. Li, H. Dickins, "swap: add a simple detector for inappropriate swapin readahead", Linux 3.14, 2014; mm/swap_state.c, swap_cluster_readahead.</para>
/// <para>Not adaptive, it is the cluster of Linux 2.4 to 3.13. Deviation: the kernel's first slot holds the header of the device; here it holds a page.</para>
/// </summary>
[Paper("A fault reads an aligned cluster of slots, which grows with the pages of the last one that were used.",
    "S. Li, H. Dickins, swap: add a simple detector for inappropriate swapin readahead, Linux 3.14, 2014")]
public sealed class Cluster : IPolicy<Cluster, ClusterOptions>, IReadahead
{
    private readonly int _most;
    private readonly bool _isAdaptive;
    private int _hits = SwapInWindow.FirstHits;
    private int _lastPages;
    private int _previous;

    private Cluster(ClusterOptions options) => (FileWindow, _most, _isAdaptive) = (options.FileWindow, options.Pages, options.Adaptive);

    public static string Name => "readahead/cluster";

    public int FileWindow { get; }

    public bool ReadsSwap => true;

    public static Cluster Create(ClusterOptions options, PolicyContext context) => new(options);

    public SwapWindow OnSwapFault(int addressSpace, Vma vma, ulong page, int slot)
    {
        int pages = _isAdaptive ? SwapInWindow.Pages(_previous, slot, _hits, _most, _lastPages) : _most;
        if (_hits == 0) _previous = slot;
        (_hits, _lastPages) = (0, pages);
        return new SwapWindow(IsOfSlots: true, slot & ~(pages - 1), pages);
    }

    public void OnSwapHit(int addressSpace, Vma vma, ulong page) => _hits++;
}

/// <summary>Options of <see cref="Cluster"/>.</summary>
public sealed record ClusterOptions : ReadaheadOptions
{
    [Option("Most slots of a cluster; vm.page-cluster is its logarithm, 3 in Linux", Minimum = 1, Maximum = 256, PowerOfTwo = true)]
    public int Pages { get; init; } = 8;

    [Option("Whether the cluster follows the pages that were used")]
    public bool Adaptive { get; init; } = true;
}
