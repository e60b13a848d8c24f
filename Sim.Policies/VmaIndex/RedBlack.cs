using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.VmaIndex;

/// <summary>
/// A red-black tree whose nodes lie in the mappings and know the largest gap of their subtree, so that free space is found by descending; and the mapping
/// found last, which is tried first.
/// <para>M. Lespinasse, "mm: augment vma rbtree with rb_subtree_gap", Linux 3.8, 2012; cache of four: D. Bueso, "mm: per-thread vma caching", Linux 3.15, 2014.</para>
/// </summary>
[Paper("Red-black tree whose nodes know the largest gap of their subtree, and a cache of the last hit.",
    "M. Lespinasse, mm: augment vma rbtree with rb_subtree_gap, Linux 3.8, 2012; D. Bueso, mm: per-thread vma caching, Linux 3.15, 2014")]
public sealed class RedBlack : IPolicy<RedBlack, LastHitOptions>, IVmaIndex
{
    private readonly RedBlackTree _tree = new(hasGaps: true);
    private readonly LastHits _lastHits;
    private VmaList _list = null!;

    private RedBlack(int cache) => _lastHits = new LastHits(cache);

    public static string Name => "vma-index/rbtree";

    public KernelObject? NodeKind => null;

    public VmaIndexWork Work => _tree.Tally.Work;

    public static RedBlack Create(LastHitOptions options, PolicyContext context) => new(options.Cache);

    public void Attach(VmaList list) => _list = list;

    public Vma? Find(ulong page) => _lastHits.Find(page, ref _tree.Tally) ?? _lastHits.Remember(page, _tree.Find(page));

    public void OnInsert(Vma vma) => _tree.Insert(vma);

    public void OnRemove(Vma vma)
    {
        _lastHits.Forget(vma);
        _tree.Remove(vma);
    }

    public void OnMove(Vma vma, ulong oldStart, ulong oldEnd) => _tree.OnMove(vma);

    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) =>
        _tree.TryFindLowestGap(low, high, pages, out start) || IsFreeAbove(low, high, pages, out start);

    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start)
    {
        if (!IsFreeAbove(low, high, pages, out start)) return _tree.TryFindHighestGap(low, high, pages, out start);
        start = high - pages;
        return true;
    }

    public void CheckInvariants()
    {
        _lastHits.CheckInvariants(_list);
        _tree.CheckInvariants(_list);
    }

    /// <summary>Above the highest mapping (highest_vm_end) no node knows of the gap.</summary>
    private bool IsFreeAbove(ulong low, ulong high, ulong pages, out ulong start)
    {
        start = Math.Max(low, _list.Last?.End ?? 0);
        _tree.Tally.Comparisons++;
        return high > start && high - start >= pages;
    }
}
