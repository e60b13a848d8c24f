using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.VmaIndex;

/// <summary>
/// The list, a red-black tree whose nodes lie in the mappings, and the mapping found last, which is tried first. The tree knows nothing of free space:
/// that is found along the list.
/// <para>A. Arcangeli, L. Torvalds and others, Linux 2.4.10 to 3.7, mm/mmap.c, 2001; R. van Riel had measured the cache of the last hit at 35 % and more.</para>
/// </summary>
[Paper("List, red-black tree and a cache of the last hit; free space is found along the list.",
    "A. Arcangeli, L. Torvalds and others, Linux 2.4.10 to 3.7, mm/mmap.c, 2001")]
public sealed class ListRedBlack : IPolicy<ListRedBlack, LastHitOptions>, IVmaIndex
{
    private readonly RedBlackTree _tree = new(hasGaps: false);
    private readonly LastHits _lastHits;
    private VmaList _list = null!;

    private ListRedBlack(int cache) => _lastHits = new LastHits(cache);

    public static string Name => "vma-index/list-rbtree";

    public KernelObject? NodeKind => null;

    public VmaIndexWork Work => _tree.Tally.Work;

    public static ListRedBlack Create(LastHitOptions options, PolicyContext context) => new(options.Cache);

    public void Attach(VmaList list) => _list = list;

    public Vma? Find(ulong page) => _lastHits.Find(page, ref _tree.Tally) ?? _lastHits.Remember(page, _tree.Find(page));

    public void OnInsert(Vma vma) => _tree.Insert(vma);

    public void OnRemove(Vma vma)
    {
        _lastHits.Forget(vma);
        _tree.Remove(vma);
    }

    public void OnMove(Vma vma, ulong oldStart, ulong oldEnd)
    {
    }

    /// <summary>Deviation: Linux begins where it last found room (free_area_cache), which is for the placement policy to do.</summary>
    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) =>
        GapWalk.TryFindLowest(_tree.Find(low), low, high, pages, ref _tree.Tally, out start);

    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start) =>
        GapWalk.TryFindHighest(GapWalk.LastBefore(_list, _tree.Find(high), high), low, high, pages, ref _tree.Tally, out start);

    public void CheckInvariants()
    {
        _lastHits.CheckInvariants(_list);
        _tree.CheckInvariants(_list);
    }
}
