using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Physical.Buddy;

/// <summary>
/// Makes a large free block out of small ones: a scanner from the zone's start finds movable pages, one from its end free frames for them, until
/// they meet or a block is there.
/// <code>
///   | migrate scanner --> ............................ &lt;-- free scanner |
/// </code>
/// M. Gorman, Linux 2.6.35, 2010; mm/compaction.c of 6.18, synchronous. Suitable is a zone with free frames enough whose failure lies in
/// fragmentation; after a failure the next attempts are left out, twice as many each time.
/// </summary>
internal sealed class Compaction(Zone zone, BuddyAllocator buddy, PageAllocator pages, CounterSet counters)
{
    private const int BlockFrames = 1 << PageBlocks.Order;
    private const int MostDeferred = 6;
    private readonly Stack<int> _targets = new();
    private readonly long[] _freeBlocks = new long[BuddyAllocator.MaximumOrder + 1];
    private int _migrate = zone.First;
    private int _free = LastBlock(zone);
    private int _considered;
    private int _deferShift;
    private int _orderFailed = BuddyAllocator.MaximumOrder + 1;

    /// <summary>Tries to make a block of an order. False when there is none afterwards.</summary>
    public bool TryMake(int order, IPageMover mover, ICharge payer)
    {
        if (buddy.HasBlock(order)) return true;
        if (!IsSuitable(order) || IsDeferred(order)) return false;
        counters.Add(Counter.CompactStall);
        bool made = Run(order, mover, payer);
        counters.Add(made ? Counter.CompactSuccess : Counter.CompactFail);
        if (made)
        {
            (_considered, _deferShift) = (0, 0);
            if (order >= _orderFailed) _orderFailed = order + 1;
        }
        else
        {
            _considered = 0;
            _deferShift = Math.Min(_deferShift + 1, MostDeferred);
            _orderFailed = Math.Min(_orderFailed, order);
        }
        return made;
    }

    private bool Run(int order, IPageMover mover, ICharge payer)
    {
        bool restarted = false;
        while (true)
        {
            if (_migrate >= _free)
            {
                // The scanners have met. What they passed in earlier runs may have changed, so a run that began in the middle goes once from the ends.
                bool beganInTheMiddle = !restarted && _migrate > zone.First;
                (_migrate, _free) = (zone.First, LastBlock(zone));
                if (!beganInTheMiddle) break;
                restarted = true;
            }
            MigrateBlock(_migrate, mover, payer);
            _migrate += BlockFrames;
            ReturnTargets();
            if (buddy.HasBlock(order)) return true;
        }
        return buddy.HasBlock(order);
    }

    private void MigrateBlock(int start, IPageMover mover, ICharge payer)
    {
        payer.Charge(Cost.CompactScan);
        counters.Add(Counter.CompactMigrateScanned, BlockFrames);
        int end = Math.Min(start + BlockFrames, zone.First + zone.Frames);
        for (int frame = start; frame < end;)
        {
            int freeOrder = buddy.FreeOrderAt(frame);
            int length = 1 << Math.Max(freeOrder, pages.Frames[frame].AllocatedOrder);
            if (freeOrder < 0 && length == 1 && pages.Frames[frame].IsMovable && !Move(frame, mover, payer)) return;
            frame += length;
        }
    }

    /// <summary>False when no frame is left to move pages to.</summary>
    private bool Move(int frame, IPageMover mover, ICharge payer)
    {
        if (_targets.Count == 0) FindTargets(payer);
        if (!_targets.TryPeek(out int target)) return false;
        if (!mover.TryMove(new FrameNumber(frame), new FrameNumber(target), payer))
        {
            counters.Add(Counter.PgmigrateFail);
            return true;
        }
        _targets.Pop();
        counters.Add(Counter.PgmigrateSuccess);
        payer.Charge(Cost.PageMigrate);
        pages.Frames[frame] = default;
        zone.PutBlock(frame, 0);
        return true;
    }

    /// <summary>isolate_freepages: the free frames of the next movable page block from the end that is neither empty nor full of them.</summary>
    private void FindTargets(ICharge payer)
    {
        for (; _targets.Count == 0 && _free > _migrate; _free -= BlockFrames)
        {
            payer.Charge(Cost.CompactScan);
            counters.Add(Counter.CompactFreeScanned, BlockFrames);
            if (pages.PageBlocks[_free] != pages.PageBlocks.Initial || buddy.FreeOrderAt(_free) >= PageBlocks.Order) continue;
            int end = Math.Min(_free + BlockFrames, zone.First + zone.Frames);
            for (int frame = _free; frame < end;)
            {
                int order = buddy.FreeOrderAt(frame) is >= 0 and < PageBlocks.Order ? buddy.TryTakeAt(frame) : -1;
                for (int i = order < 0 ? -1 : (1 << order) - 1; i >= 0; i--) _targets.Push(frame + i);
                frame += 1 << Math.Max(order, pages.Frames[frame].AllocatedOrder);
            }
            zone.Recount();
        }
    }

    /// <summary>Frames that were found and not needed are free again.</summary>
    private void ReturnTargets()
    {
        bool any = _targets.Count > 0;
        while (_targets.TryPop(out int frame)) zone.PutBlock(frame, 0);
        // Their block has room left: the free scanner looks at it again.
        if (any) _free = Math.Min(_free + BlockFrames, LastBlock(zone));
    }

    /// <summary>compaction_suitable: twice the block's frames above the watermark, and for large orders a failure that is due to fragmentation.</summary>
    private bool IsSuitable(int order)
    {
        bool isCostly = order > PerCpuPages.LargestOrder;
        long mark = (isCostly ? zone.Watermarks.Low : zone.Watermarks.Min) + (2L << order);
        if (!zone.Permits(0, mark, ZoneKind.Normal)) return false;
        if (!isCostly) return true;
        for (int k = 0; k < _freeBlocks.Length; k++) _freeBlocks[k] = buddy.FreeBlocks(k);
        int index = FragmentationIndex.Of(_freeBlocks, order);
        return index is < 0 or > FragmentationIndex.Threshold;
    }

    private bool IsDeferred(int order) => order >= _orderFailed && ++_considered < 1 << _deferShift;

    private static int LastBlock(Zone zone) => zone.First + ((zone.Frames - 1) & -BlockFrames);
}
