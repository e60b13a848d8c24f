using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// All frames of a machine: alloc_pages. A request goes to the highest zone that keeps its watermark, and falls back to the lower ones; within a zone to
/// the CPU's own lists, and from these to the zone's allocator.
/// <code>
///   request -> DMA32 (above low?) -> DMA (above low + lowmem_reserve?)            the fast path
///           -> the same above min -> CPUs' lists drained -> reclaim, compaction    the slow path
///           -> without watermarks, for those who may
/// </code>
/// Linux 6.18, mm/page_alloc.c. Deviation: the CPUs' lists are drained before reclaim, not after.
/// </summary>
public sealed class PageAllocator
{
    private const int NoMark = -1;
    private const int ReclaimBatch = 32;
    private const int ReclaimRetries = 16;
    private readonly FrameArray<Frame> _frames;
    private readonly PageBlocks _blocks;
    private readonly Zone[] _zones;
    private readonly Zone _preferred;
    private readonly bool _avoidsFragments;
    private readonly bool _groups;
    private readonly FailureInjection? _failure;

    /// <summary>One CPU's allocator over all of <paramref name="frames"/>, laid out as Linux would.</summary>
    public PageAllocator(FrameArray<Frame> frames) : this(frames, new MemorySpec())
    {
    }

    /// <summary>An allocator over all of <paramref name="frames"/>.</summary>
    public PageAllocator(FrameArray<Frame> frames, MemorySpec spec, FailureInjection? failure = null, CounterSet? counters = null)
    {
        _frames = frames;
        _failure = failure;
        FrameCount = checked((int)frames.Length);
        _blocks = new PageBlocks(FrameCount, spec.Allocator.GroupsByType);
        _groups = _blocks.Groups;
        int dmaEnd = (int)Math.Min(spec.DmaEnd.Pages, FrameCount), dma32End = (int)Math.Clamp(spec.Dma32End.Pages, dmaEnd, FrameCount);
        long[] managed = [dmaEnd, dma32End - dmaEnd, FrameCount - dma32End, 0, 0];
        int[] firsts = [0, dmaEnd, dma32End];
        long minFree = spec.MinFree switch
        {
            MinFreeRule.Khugepaged => Watermarks.RaisedByKhugepaged(managed),
            MinFreeRule.Given => spec.MinFreeBytes.Bytes / 1024,
            _ => Watermarks.SquareRootRule(managed),
        };
        // Deviation: never more than an eighth of memory, for machines smaller than any that Linux runs on.
        IReadOnlyList<Watermarks> marks = Watermarks.Of(managed, Math.Min(minFree, FrameCount / 8 * (ByteSize.PageBytes / 1024)));
        IReadOnlyList<long[]> reserves = Watermarks.LowmemReserves(managed);
        _zones = [.. Enumerable.Range(0, firsts.Length).Where(zone => managed[zone] > 0 || (zone == 0 && FrameCount == 0)).Select(zone => new Zone(
            (ZoneKind)zone, firsts[zone], (int)managed[zone], spec.Allocator.ForZone(frames, _blocks, firsts[zone], (int)managed[zone]),
            marks[zone], reserves[zone], spec.Cpus, spec.Allocator.HasPerCpuLists))];
        _preferred = _zones[^1];
        // Before a page block of Normal is broken into by another type, DMA32 is tried: alloc_flags_nofragment.
        Compactions = !spec.Allocator.Compacts ? [] : [.. _zones.Where(zone => zone.Allocator is BuddyAllocator && zone.Frames > 0)
            .Select(zone => new Compaction(zone, (BuddyAllocator)zone.Allocator, this, counters ?? new CounterSet()))];
        _avoidsFragments = _preferred.Kind == ZoneKind.Normal && _zones.Length > 1;
    }

    /// <summary>What is known of each frame.</summary>
    public FrameArray<Frame> Frames => _frames;

    /// <summary>Frames of the machine.</summary>
    public int FrameCount { get; }

    /// <summary>Frames that nobody has: those of the zones and those on the lists of CPUs.</summary>
    public long FreeFrames
    {
        get
        {
            long free = 0;
            foreach (Zone zone in _zones) free += zone.FreeFrames + zone.OnCpuLists;
            return free;
        }
    }

    /// <summary>The zones that have frames, lowest first.</summary>
    public IReadOnlyList<Zone> PopulatedZones => _zones;

    /// <summary>The migrate types of the page blocks.</summary>
    public PageBlocks PageBlocks => _blocks;

    /// <summary>Frames that somebody has.</summary>
    public long AllocatedFrames => FrameCount - FreeFrames;

    /// <summary>Who reclaims for allocations that may wait. Set once: reclaim needs the allocator too.</summary>
    public IDirectReclaim? DirectReclaim { get; set; }

    /// <summary>Who moves pages for compaction. Set once, as <see cref="DirectReclaim"/>; without it there is no compaction.</summary>
    public IPageMover? Mover { get; set; }

    private Compaction[] Compactions { get; }

    /// <summary>Takes 2^<paramref name="order"/> frames for CPU 0, by the default flags of a kind.</summary>
    public bool TryAllocate(int order, FrameKind kind, out FrameNumber frame) =>
        TryAllocate(order, kind, kind is FrameKind.Anonymous or FrameKind.Filler ? AllocationFlags.User : AllocationFlags.Reserves, null, out frame);

    /// <summary>Takes 2^<paramref name="order"/> frames; false when that would go below what the flags leave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(int order, FrameKind kind, AllocationFlags flags, ICharge? payer, out FrameNumber frame)
    {
        int cpu = payer?.Cpu ?? 0;
        MigrateType type = TypeOf(flags);
        int block = -1;
        // The bulk of all requests: one frame, from the CPU's own list, of a zone that is not short.
        if (order == 0 && _failure is null && _preferred.FreeFrames > _preferred.Low)
            block = _preferred.TryTake(0, type, !_avoidsFragments, cpu);
        if (block < 0) block = TakeSlowly(order, type, flags, cpu, payer);
        frame = new FrameNumber(block);
        if (block < 0) return false;
        _frames[block].MarkAllocated(kind, order);
        return true;
    }

    /// <summary>Gives back a block with the order that it was taken with, on a CPU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(FrameNumber frame, int order, int cpu = 0)
    {
        int block = frame.Value;
        ref Frame head = ref _frames[block];
        if (head.Kind == FrameKind.Free || head.AllocatedOrder != order) ThrowBadFree(block, order, head);
        // The marks go even where the block joins its lower buddy and is no head of a free block.
        head.Unmark();
        ZoneOf(block).Put(block, order, _blocks[block], cpu);
    }

    /// <summary>Takes one certain frame. False when it is not free, or the zone's allocator cannot say where frames lie.</summary>
    internal bool TryTakeFrame(int frame, FrameKind kind)
    {
        Zone zone = ZoneOf(frame);
        if (zone.Allocator is not BuddyAllocator buddy || !buddy.TryTakeFrame(frame)) return false;
        zone.Recount();
        _frames[frame].MarkAllocated(kind, 0);
        return true;
    }

    /// <summary>The zone that a frame lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Zone ZoneOf(int frame)
    {
        Zone zone = _preferred;
        for (int i = _zones.Length - 2; frame < zone.First; i--) zone = _zones[i];
        return zone;
    }

    /// <summary>The share of the zones' free frames that is of no use to a request of an order: the unusable free index, over all zones.</summary>
    public double UnusableShare(int order)
    {
        long free = 0, unusable = 0;
        foreach (Zone zone in _zones)
        {
            free += zone.Allocator.FreeFrames;
            for (int smaller = 0; smaller < order; smaller++)
            {
                for (MigrateType type = 0; type <= MigrateType.Reclaimable; type++) unusable += zone.Allocator.FreeBlocks(smaller, type) << smaller;
            }
        }
        return free == 0 ? 0 : (double)unusable / free;
    }

    /// <summary>Gives what the CPUs keep back to the zones. False when they kept nothing.</summary>
    public bool DrainCpuLists()
    {
        bool drained = false;
        foreach (Zone zone in _zones) drained |= zone.Drain();
        return drained;
    }

    /// <summary>Throws when the free lists, the marks and the counts do not agree.</summary>
    public void CheckInvariants()
    {
        foreach (Zone zone in _zones) zone.CheckInvariants();
    }

    private MigrateType TypeOf(AllocationFlags flags) => !_groups || (flags & (AllocationFlags.Movable | AllocationFlags.Reclaimable)) == 0
        ? MigrateType.Unmovable
        : (flags & AllocationFlags.Movable) != 0 ? MigrateType.Movable : MigrateType.Reclaimable;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int TakeSlowly(int order, MigrateType type, AllocationFlags flags, int cpu, ICharge? payer)
    {
        if (_failure is not null && _failure.Fails()) return -1;
        int block = TakeAbove(Mark.Low, order, type, flags, cpu);
        if (block < 0) block = TakeAbove(Mark.Min, order, type, flags, cpu);
        if (block < 0 && DrainCpuLists()) block = TakeAbove(Mark.Min, order, type, flags, cpu);
        if (block < 0 && order > 0 && (flags & AllocationFlags.Compacts) != 0 && payer is not null && TryCompact(order, payer))
            block = TakeAbove(Mark.Min, order, type, flags, cpu);
        if (block < 0 && (flags & AllocationFlags.DirectReclaim) != 0 && payer is not null) block = TakeWithReclaim(order, type, flags, cpu, payer);
        if (block < 0 && (flags & AllocationFlags.Reserves) != 0) block = TakeAbove(Mark.None, order, type, flags, cpu);
        return block;
    }

    private int TakeWithReclaim(int order, MigrateType type, AllocationFlags flags, int cpu, ICharge payer)
    {
        bool isCostly = order > PerCpuPages.LargestOrder;
        int attempts = DirectReclaim is null || (isCostly && (flags & AllocationFlags.NoRetry) != 0) ? 0 : isCostly ? 1 : ReclaimRetries;
        for (; attempts > 0; attempts--)
        {
            if (DirectReclaim!.Reclaim(Math.Max(ReclaimBatch, 1 << order), payer) == 0) return -1;
            if (order > 0 && (flags & AllocationFlags.Compacts) != 0) TryCompact(order, payer);
            int block = TakeAbove(Mark.Min, order, type, flags, cpu);
            if (block < 0 && DrainCpuLists()) block = TakeAbove(Mark.Min, order, type, flags, cpu);
            if (block >= 0) return block;
        }
        return -1;
    }

    /// <summary>Compacts the zones in order of preference, until one has a block.</summary>
    private bool TryCompact(int order, ICharge payer)
    {
        if (Mover is null) return false;
        for (int i = Compactions.Length - 1; i >= 0; i--)
        {
            if (Compactions[i].TryMake(order, Mover, payer)) return true;
        }
        return false;
    }

    private int TakeAbove(Mark mark, int order, MigrateType type, AllocationFlags flags, int cpu)
    {
        for (bool mayFragment = !_avoidsFragments; ; mayFragment = true)
        {
            for (int i = _zones.Length - 1; i >= 0; i--)
            {
                Zone zone = _zones[i];
                if (!zone.Permits(order, FramesOf(mark, zone, flags), ZoneKind.Normal)) continue;
                int block = zone.TryTake(order, type, mayFragment, cpu);
                if (block >= 0) return block;
            }
            if (mayFragment) return -1;
        }
    }

    private static long FramesOf(Mark mark, Zone zone, AllocationFlags flags)
    {
        if (mark != Mark.Min) return mark == Mark.Low ? zone.Watermarks.Low : NoMark;
        long frames = zone.Watermarks.Min;
        if ((flags & AllocationFlags.High) != 0) frames -= frames / 2;
        if ((flags & AllocationFlags.Atomic) == AllocationFlags.Atomic) frames -= frames / 4;
        return frames;
    }

    private static void ThrowBadFree(int block, int order, in Frame head) => throw new InvalidOperationException(head.Kind == FrameKind.Free
        ? $"frame {block} is freed twice"
        : $"frame {block} is freed with order {order}, it was taken with order {head.AllocatedOrder}");

    private enum Mark
    {
        None,
        Min,
        Low,
    }
}
