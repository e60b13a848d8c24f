using System.Runtime.CompilerServices;

namespace Sim.Core.Physical;

/// <summary>
/// The frames of a zone that a CPU keeps to itself, so that most allocations ask nobody: a list for each migrate type and order up to 3, hottest
/// frame first. Linux's per_cpu_pages.
/// <para>Deviation: the limit stays at its minimum; Linux raises it while allocations and frees come in bursts (pcp->high, alloc_factor).</para>
/// </summary>
internal sealed class PerCpuPages
{
    /// <summary>The largest order that is kept: PAGE_ALLOC_COSTLY_ORDER.</summary>
    public const int LargestOrder = 3;

    private const int Orders = LargestOrder + 1;
    private readonly FrameDeque[] _lists = new FrameDeque[3 * Orders];
    private readonly PageSetSize _size;

    public PerCpuPages(PageSetSize size)
    {
        _size = size;
        for (int i = 0; i < _lists.Length; i++) _lists[i] = new FrameDeque();
    }

    /// <summary>Frames on all lists.</summary>
    public int Count { get; private set; }

    /// <summary>A block from the lists, which are refilled from the zone when they have none; -1 when the zone has none either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TryTake(Zone zone, int order, MigrateType type, bool mayFragment)
    {
        FrameDeque list = _lists[(int)type * Orders + order];
        if (list.Count == 0 && !Refill(zone, list, order, type, mayFragment)) return -1;
        Count -= 1 << order;
        return list.Take();
    }

    /// <summary>Takes a block back, and passes a batch on to the zone when there are too many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(Zone zone, int block, int order, MigrateType type)
    {
        int list = (int)type * Orders + order;
        _lists[list].Put(block);
        Count += 1 << order;
        if (Count >= _size.HighMinimum) Drain(zone, _size.Batch, list);
    }

    /// <summary>Gives the zone everything back.</summary>
    public void Drain(Zone zone) => Drain(zone, Count, 0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refill(Zone zone, FrameDeque list, int order, MigrateType type, bool mayFragment)
    {
        int blocks = _size.Batch > 1 ? System.Math.Max(_size.Batch >> order, 2) : 1;
        for (; blocks > 0; blocks--)
        {
            int block = zone.TakeBlock(order, type, mayFragment);
            if (block < 0) break;
            list.PutCold(block);
            Count += 1 << order;
        }
        return list.Count > 0;
    }

    /// <summary>free_pcppages_bulk: the coldest blocks of all lists in turn, beginning with one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drain(Zone zone, int frames, int list)
    {
        for (; frames > 0 && Count > 0; list = (list + 1) % _lists.Length)
        {
            if (_lists[list].Count == 0) continue;
            int order = list % Orders;
            zone.PutBlock(_lists[list].TakeCold(), order);
            Count -= 1 << order;
            frames -= 1 << order;
        }
    }
}
