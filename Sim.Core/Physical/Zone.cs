using System;
using System.Runtime.CompilerServices;

namespace Sim.Core.Physical;

/// <summary>
/// A range of frames with its own free memory, watermarks and lists of each CPU.
/// <code>
///   frames of the zone = free in the zone (what the watermarks see) + on the lists of CPUs + allocated
/// </code>
/// </summary>
public sealed class Zone
{
    private readonly IFrameAllocator _allocator;
    private readonly PerCpuPages[] _perCpu;
    private readonly long[] _reserve;

    internal Zone(ZoneKind kind, int first, int frames, IFrameAllocator allocator, Watermarks marks, long[] reserve, int cpus, bool hasPerCpuLists)
    {
        (Kind, First, Frames, _allocator, Watermarks, _reserve) = (kind, first, frames, allocator, marks, reserve);
        Low = marks.Low;
        FreeFrames = allocator.FreeFrames;
        PageSet = PageSetSize.Of(frames, marks.Low, cpus);
        _perCpu = new PerCpuPages[hasPerCpuLists ? cpus : 0];
        for (int cpu = 0; cpu < _perCpu.Length; cpu++) _perCpu[cpu] = new PerCpuPages(PageSet);
    }

    /// <summary>Which zone.</summary>
    public ZoneKind Kind { get; }

    /// <summary>Its first frame.</summary>
    public int First { get; }

    /// <summary>Its frames: present and managed are the same here.</summary>
    public int Frames { get; }

    /// <summary>Frames that are free in the zone itself: nr_free_pages.</summary>
    public long FreeFrames { get; private set; }

    /// <summary>Frames on the lists of CPUs.</summary>
    public long OnCpuLists
    {
        get
        {
            long frames = 0;
            foreach (PerCpuPages lists in _perCpu) frames += lists.Count;
            return frames;
        }
    }

    /// <summary>The low watermark, which every allocation looks at.</summary>
    internal long Low { get; }

    /// <summary>Its watermarks.</summary>
    public Watermarks Watermarks { get; }

    /// <summary>How many frames each CPU keeps.</summary>
    public PageSetSize PageSet { get; }

    /// <summary>The free frames.</summary>
    public IFrameAllocator Allocator => _allocator;

    /// <summary>Free frames of a CPU's lists.</summary>
    public int CountOf(int cpu) => _perCpu.Length == 0 ? 0 : _perCpu[cpu].Count;

    /// <summary>__zone_watermark_ok: whether a block may be taken and leaves at least <paramref name="mark"/> free frames.</summary>
    /// <param name="order">log2 of its frames.</param>
    /// <param name="mark">The watermark; below 0 for none.</param>
    /// <param name="highest">The highest zone that would do.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Permits(int order, long mark, ZoneKind highest)
    {
        if (mark < 0) return true;
        if (FreeFrames - ((1 << order) - 1) <= mark + _reserve[(int)highest]) return false;
        return order == 0 || _allocator.HasBlock(order);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int TryTake(int order, MigrateType type, bool mayFragment, int cpu) => order <= PerCpuPages.LargestOrder && _perCpu.Length > 0
        ? _perCpu[cpu].TryTake(this, order, type, mayFragment)
        : TakeBlock(order, type, mayFragment);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Put(int block, int order, MigrateType type, int cpu)
    {
        if (order <= PerCpuPages.LargestOrder && _perCpu.Length > 0) _perCpu[cpu].Put(this, block, order, type);
        else PutBlock(block, order);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal int TakeBlock(int order, MigrateType type, bool mayFragment)
    {
        int block = _allocator.TryAllocate(order, type, mayFragment);
        FreeFrames = _allocator.FreeFrames;
        return block;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void PutBlock(int block, int order)
    {
        _allocator.Free(block, order);
        FreeFrames = _allocator.FreeFrames;
    }

    /// <summary>Counts again after frames were taken from or given to the allocator directly.</summary>
    internal void Recount() => FreeFrames = _allocator.FreeFrames;

    /// <summary>drain_all_pages. False when there was nothing to drain.</summary>
    internal bool Drain()
    {
        bool drained = false;
        foreach (PerCpuPages lists in _perCpu)
        {
            drained |= lists.Count > 0;
            lists.Drain(this);
        }
        return drained;
    }

    internal void CheckInvariants()
    {
        _allocator.CheckInvariants();
        if (FreeFrames != _allocator.FreeFrames) throw new InvalidOperationException($"zone {Kind}: {FreeFrames} free frames, its allocator has {_allocator.FreeFrames}");
    }
}
