using System;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// Binary buddies: a block of 2^k frames starts at a multiple of 2^k, and its buddy is the block whose number differs in bit k alone. A freed
/// block joins its buddy when that is free too. Free blocks hang on one list an order, last freed first.
/// <para>K. C. Knowlton, "A fast storage allocator", CACM 8(10), 1965; as in Linux with orders 0 to 10.</para>
/// <code>
///   | frames that were taken at least once ....... | never touched, in blocks of the largest order ... |
///   0                                              frontier                                            count
/// </code>
/// Memory beyond the frontier is free without being on any list, so that a large machine costs nothing until it is used.
/// </summary>
public sealed class BuddyAllocator
{
    /// <summary>The largest order, as MAX_PAGE_ORDER on x86-64.</summary>
    public const int MaximumOrder = 10;

    private const int None = -1;
    private readonly FrameArray<Frame> _frames;
    private readonly int[] _first = new int[MaximumOrder + 1];
    private readonly long[] _freeBlocks = new long[MaximumOrder + 1];
    private int _frontier;

    /// <summary>An allocator over all of <paramref name="frames"/>.</summary>
    public BuddyAllocator(FrameArray<Frame> frames)
    {
        _frames = frames;
        FrameCount = checked((int)frames.Length);
        FreeFrames = FrameCount;
        Array.Fill(_first, None);
    }

    /// <summary>Frames that it manages.</summary>
    public int FrameCount { get; }

    /// <summary>Frames that are free now.</summary>
    public long FreeFrames { get; private set; }

    /// <summary>Takes 2^<paramref name="order"/> frames; false when there is no block that large.</summary>
    public bool TryAllocate(int order, FrameKind kind, out FrameNumber frame)
    {
        int available = order;
        while (available <= MaximumOrder && _first[available] == None) available++;
        int block = available <= MaximumOrder ? Take(available) : TakeUntouched(order, out available);
        frame = new FrameNumber(block);
        if (block == None) return false;
        while (available > order)
        {
            available--;
            Put(block + (1 << available), available);
        }
        FreeFrames -= 1 << order;
        ref Frame head = ref _frames[block];
        head = default;
        head.Kind = kind;
        return true;
    }

    /// <summary>Gives back a block of the order that it was taken with.</summary>
    public void Free(FrameNumber frame, int order)
    {
        int block = frame.Value;
        if (_frames[block].Kind == FrameKind.Free) throw new InvalidOperationException($"frame {block} is freed twice");
        // The mark goes even where the block joins its lower buddy and is no head of a free block.
        _frames[block].Kind = FrameKind.Free;
        FreeFrames += 1 << order;
        while (order < MaximumOrder)
        {
            int buddy = block ^ (1 << order);
            if (buddy + (1 << order) > FrameCount || !IsFreeBlock(buddy, order)) break;
            Unlink(buddy, order);
            block = Math.Min(block, buddy);
            order++;
        }
        Put(block, order);
    }

    /// <summary>Free blocks of an order, the untouched memory beyond the frontier counted in the largest blocks that fit.</summary>
    public long FreeBlocks(int order)
    {
        long untouched = FrameCount - _frontier;
        long whole = untouched >> MaximumOrder;
        long rest = untouched & ((1 << MaximumOrder) - 1);
        return _freeBlocks[order] + (order == MaximumOrder ? whole : rest >> order & 1);
    }

    /// <summary>Throws when the lists, the marks and the counts do not agree.</summary>
    public void CheckInvariants()
    {
        long free = FrameCount - _frontier;
        for (int order = 0; order <= MaximumOrder; order++)
        {
            long blocks = 0;
            int previous = None;
            for (int block = _first[order]; block != None; previous = block, block = NextOf(block), blocks++)
            {
                if (!IsFreeBlock(block, order)) throw new InvalidOperationException($"block {block} is on the list of order {order} without its mark");
                if ((block & ((1 << order) - 1)) != 0) throw new InvalidOperationException($"block {block} does not start at a multiple of 2^{order}");
                if (PreviousOf(block) != previous) throw new InvalidOperationException($"block {block} points back to {PreviousOf(block)}, not {previous}");
                int buddy = block ^ (1 << order);
                if (order < MaximumOrder && buddy + (1 << order) <= FrameCount && IsFreeBlock(buddy, order))
                    throw new InvalidOperationException($"block {block} and its buddy {buddy} are both free at order {order}");
            }
            if (blocks != _freeBlocks[order]) throw new InvalidOperationException($"order {order}: {blocks} blocks found, {_freeBlocks[order]} counted");
            free += blocks << order;
        }
        if (free != FreeFrames) throw new InvalidOperationException($"{free} free frames found, {FreeFrames} counted");
    }

    private bool IsFreeBlock(int block, int order) => _frames[block].OrderMark == order + 1;

    private int Take(int order)
    {
        int block = _first[order];
        Unlink(block, order);
        return block;
    }

    /// <summary>Moves the frontier on by a whole block of the largest order, or by the largest that the end of memory leaves.</summary>
    private int TakeUntouched(int order, out int available)
    {
        available = MaximumOrder;
        while (available > 0 && _frontier + (1 << available) > FrameCount) available--;
        while (_frontier < FrameCount && available < order && _frontier + (1 << available) <= FrameCount)
        {
            // Too small for this request at the end of memory: it becomes an ordinary free block for later ones.
            int small = _frontier;
            _frontier += 1 << available;
            Put(small, available);
            while (available > 0 && _frontier + (1 << available) > FrameCount) available--;
        }
        if (_frontier + (1 << available) > FrameCount || available < order) return None;
        int block = _frontier;
        _frontier += 1 << available;
        return block;
    }

    private void Put(int block, int order)
    {
        int next = _first[order];
        ref Frame frame = ref _frames[block];
        frame = default;
        frame.OrderMark = (byte)(order + 1);
        frame.IdentityOrLinks = Links(None, next);
        if (next != None) _frames[next].IdentityOrLinks = Links(block, NextOf(next));
        _first[order] = block;
        _freeBlocks[order]++;
    }

    private void Unlink(int block, int order)
    {
        int previous = PreviousOf(block);
        int next = NextOf(block);
        if (previous == None) _first[order] = next;
        else _frames[previous].IdentityOrLinks = Links(PreviousOf(previous), next);
        if (next != None) _frames[next].IdentityOrLinks = Links(previous, NextOf(next));
        _frames[block].OrderMark = 0;
        _freeBlocks[order]--;
    }

    private static ulong Links(int previous, int next) => (ulong)(uint)previous << 32 | (uint)next;

    private int PreviousOf(int block) => (int)(_frames[block].IdentityOrLinks >> 32);

    private int NextOf(int block) => (int)_frames[block].IdentityOrLinks;
}
