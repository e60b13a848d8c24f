using System;
using Sim.Core.Units;

namespace Sim.Core.Physical.Buddy;

/// <summary>
/// Binary buddies: a block of 2^k frames starts at a multiple of 2^k, and its buddy is the block whose number differs in bit k alone. A freed
/// block joins its buddy when that is free too. Free blocks hang on a list for each order and migrate type, that of the page block which they lie in.
/// <para>K. C. Knowlton, "A fast storage allocator", CACM 8(10), 1965; fallback between migrate types as in Linux 6.18, mm/page_alloc.c.</para>
/// <code>
///   | frames that were taken at least once ....... | never touched, in blocks of the largest order ... | rest |
///   first                                          frontier                                            end of whole blocks
/// </code>
/// Memory beyond the frontier is free without being on any list, so that a large machine costs nothing until it is used.
/// </summary>
public sealed class BuddyAllocator : IFrameAllocator
{
    /// <summary>The largest order, as MAX_PAGE_ORDER on x86-64.</summary>
    public const int MaximumOrder = 10;

    private const int None = FreeLists.None;
    private static readonly MigrateType[][] Fallbacks =
    [
        [MigrateType.Reclaimable, MigrateType.Movable],
        [MigrateType.Reclaimable, MigrateType.Unmovable],
        [MigrateType.Unmovable, MigrateType.Movable],
    ];

    private readonly FrameArray<Frame> _frames;
    private readonly PageBlocks _blocks;
    private readonly FreeLists _free;
    private readonly int _first;
    private readonly int _end;
    private readonly int _wholeEnd;
    private int _frontier;

    /// <summary>An allocator over all of <paramref name="frames"/>, grouped by migrate type where there is enough memory.</summary>
    public BuddyAllocator(FrameArray<Frame> frames)
        : this(frames, new PageBlocks(frames.Length, groups: true), 0, checked((int)frames.Length))
    {
    }

    /// <summary>An allocator over frames [first, first + count). The first is a multiple of the largest block.</summary>
    public BuddyAllocator(FrameArray<Frame> frames, PageBlocks blocks, int first, int count)
    {
        _frames = frames;
        _blocks = blocks;
        _free = new FreeLists(frames);
        _first = _frontier = first;
        _end = first + count;
        _wholeEnd = first + (count >> MaximumOrder << MaximumOrder);
        FreeFrames = count;
        for (int rest = _wholeEnd, order = MaximumOrder - 1; rest < _end; order--)
        {
            if (rest + (1 << order) > _end) continue;
            _free.PutLast(rest, order, blocks.Initial);
            rest += 1 << order;
        }
    }

    /// <inheritdoc/>
    public long FreeFrames { get; private set; }

    /// <summary>Page blocks that were given to another migrate type.</summary>
    public long Claims { get; private set; }

    /// <summary>Blocks that were taken out of page blocks of another migrate type.</summary>
    public long Steals { get; private set; }

    /// <inheritdoc/>
    public int TryAllocate(int order, MigrateType type, bool mayFragment)
    {
        if (!_blocks.Groups) return TakeSmallest(order, _blocks.Initial);
        int block = TakeSmallest(order, type);
        if (block == None)
        {
            block = TryClaim(order, type, mayFragment);
            if (block == None && mayFragment) block = TrySteal(order, type);
        }
        return block;
    }

    /// <inheritdoc/>
    public void Free(int block, int order)
    {
        FreeFrames += 1 << order;
        MigrateType type = _blocks[block];
        while (order < MaximumOrder)
        {
            int buddy = block ^ (1 << order);
            if (!IsFreeBlock(buddy, order)) break;
            _free.Remove(buddy, order, _blocks[buddy]);
            // Blocks of several page blocks have one type, so that splitting one again puts its parts on the right lists.
            if (order >= PageBlocks.Order && _blocks[buddy] != type) SetTypes(buddy, order, type);
            block &= ~(1 << order);
            order++;
        }
        // Its buddy's buddy is free: the block is left to the end of the list, in the hope that it will be joined.
        if (order < MaximumOrder - 1 && IsFreeBlock((block & ~(1 << order)) ^ (1 << (order + 1)), order + 1)) _free.PutLast(block, order, type);
        else _free.PutFirst(block, order, type);
    }

    /// <inheritdoc/>
    public bool HasBlock(int order)
    {
        for (int larger = order; larger <= MaximumOrder; larger++)
        {
            if (_free.Any(larger)) return true;
        }
        return _frontier < _wholeEnd;
    }

    /// <inheritdoc/>
    public long FreeBlocks(int order, MigrateType type) => _free.Count(order, type)
        + (order == MaximumOrder && type == _blocks.Initial ? (_wholeEnd - _frontier) >> MaximumOrder : 0);

    /// <summary>Free blocks of an order, over all types.</summary>
    public long FreeBlocks(int order)
    {
        long blocks = 0;
        for (MigrateType type = 0; type <= MigrateType.Reclaimable; type++) blocks += FreeBlocks(order, type);
        return blocks;
    }

    /// <summary>The order of the free block that starts at a frame, or -1 where none does. Untouched memory counts in the largest blocks.</summary>
    public int FreeOrderAt(int frame) => frame >= _frontier && frame < _wholeEnd
        ? ((frame - _first) & ((1 << MaximumOrder) - 1)) == 0 ? MaximumOrder : -1
        : _free.OrderAt(frame);

    /// <summary>Takes the whole free block that starts at a frame, and returns its order; -1 where none starts.</summary>
    public int TryTakeAt(int frame)
    {
        MoveFrontierBeyond(frame);
        int order = _free.OrderAt(frame);
        if (order < 0) return -1;
        _free.Remove(frame, order, _blocks[frame]);
        FreeFrames -= 1 << order;
        return order;
    }

    /// <summary>Takes one frame out of the free block that it lies in. False when it is not free.</summary>
    public bool TryTakeFrame(int frame)
    {
        MoveFrontierBeyond(frame);
        for (int order = 0; order <= MaximumOrder; order++)
        {
            int block = frame & ~((1 << order) - 1);
            if (block < _first || !_free.Starts(block, order)) continue;
            MigrateType type = _blocks[block];
            _free.Remove(block, order, type);
            while (order-- > 0)
            {
                int upper = block + (1 << order);
                if (frame >= upper)
                {
                    _free.PutFirst(block, order, type);
                    block = upper;
                }
                else _free.PutFirst(upper, order, type);
            }
            FreeFrames--;
            return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public void CheckInvariants()
    {
        long free = _wholeEnd - _frontier;
        for (int order = 0; order <= MaximumOrder; order++)
        {
            for (MigrateType type = 0; type <= MigrateType.Reclaimable; type++)
            {
                _free.Check(order, type);
                free += _free.Count(order, type) << order;
                for (int block = _free.First(order, type); block != None; block = _free.Next(block)) CheckBlock(block, order, type);
            }
        }
        if (free != FreeFrames) throw new InvalidOperationException($"{free} free frames found, {FreeFrames} counted");
    }

    private void CheckBlock(int block, int order, MigrateType type)
    {
        int buddy = block ^ (1 << order);
        if (order < MaximumOrder && IsFreeBlock(buddy, order)) throw new InvalidOperationException($"block {block} and its buddy {buddy} are both free at order {order}");
        for (int part = block; part < block + (1 << order); part += 1 << PageBlocks.Order)
        {
            if (_blocks[part] != type) throw new InvalidOperationException($"block {block} is on the {type} list and in a page block that is {_blocks[part]}");
        }
    }

    private bool IsFreeBlock(int block, int order) => block >= _first && block + (1 << order) <= _end && _free.Starts(block, order);

    private int TakeSmallest(int order, MigrateType type)
    {
        for (int available = order; available <= MaximumOrder; available++)
        {
            if (FirstOf(available, type) is var block and not None) return TakeFrom(block, available, order, type, type);
        }
        return None;
    }

    /// <summary>The first block of a list; with the list of untouched memory at its end.</summary>
    private int FirstOf(int order, MigrateType type)
    {
        int block = _free.First(order, type);
        if (block == None && order == MaximumOrder && type == _blocks.Initial && _frontier < _wholeEnd)
        {
            block = _frontier;
            _frontier += 1 << MaximumOrder;
            _free.PutLast(block, MaximumOrder, type);
        }
        return block;
    }

    /// <summary>Takes 2^order frames from a larger free block; what is left goes to the lists of a type.</summary>
    private int TakeFrom(int block, int available, int order, MigrateType from, MigrateType rest)
    {
        _free.Remove(block, available, from);
        while (available > order)
        {
            available--;
            _free.PutFirst(block + (1 << available), available, rest);
        }
        FreeFrames -= 1 << order;
        return block;
    }

    /// <summary>
    /// __rmqueue_claim: takes over a page block of another type, searching from the largest free blocks down, so that the types mix in as few page
    /// blocks as can be.
    /// </summary>
    private int TryClaim(int order, MigrateType type, bool mayFragment)
    {
        int least = order < PageBlocks.Order && !mayFragment ? PageBlocks.Order : order;
        for (int available = MaximumOrder; available >= least; available--)
        {
            // Movable pages may lie anywhere for the time being; the others would stay.
            if (available < PageBlocks.Order / 2 && type == MigrateType.Movable) return None;
            foreach (MigrateType other in Fallbacks[(int)type])
            {
                if (FirstOf(available, other) is not (var block and not None)) continue;
                int taken = TryClaimBlock(block, available, order, type, other);
                if (taken != None) return taken;
                break;
            }
        }
        return None;
    }

    private int TryClaimBlock(int block, int available, int order, MigrateType type, MigrateType other)
    {
        if (available >= PageBlocks.Order)
        {
            Claims++;
            SetTypes(block, available, type);
            return TakeFrom(block, available, order, other, type);
        }
        int start = block & ~((1 << PageBlocks.Order) - 1);
        if (start < _first || start + (1 << PageBlocks.Order) > _end) return None;
        (int free, int movable) = Count(start);
        int alike = type == MigrateType.Movable ? movable
            : other == MigrateType.Movable ? (1 << PageBlocks.Order) - (free + movable)
            : 0;
        if (free + alike < 1 << (PageBlocks.Order - 1)) return None;
        Claims++;
        MoveFreeBlocks(start, other, type);
        return TakeSmallest(order, type);
    }

    /// <summary>__rmqueue_steal: the smallest block of another type that will do, leaving its page block what it is.</summary>
    private int TrySteal(int order, MigrateType type)
    {
        for (int available = order; available <= MaximumOrder; available++)
        {
            foreach (MigrateType other in Fallbacks[(int)type])
            {
                if (FirstOf(available, other) is not (var block and not None)) continue;
                Steals++;
                return TakeFrom(block, available, order, other, other);
            }
        }
        return None;
    }

    /// <summary>Free frames and movable pages of a page block.</summary>
    private (int Free, int Movable) Count(int start)
    {
        int free = 0, movable = 0;
        for (int frame = start; frame < start + (1 << PageBlocks.Order);)
        {
            int order = _free.OrderAt(frame), length = 1 << Math.Max(order, _frames[frame].AllocatedOrder);
            if (order >= 0) free += length;
            else if (_frames[frame].IsMovable) movable += length;
            frame += length;
        }
        return (free, movable);
    }

    private void MoveFreeBlocks(int start, MigrateType from, MigrateType to)
    {
        for (int frame = start; frame < start + (1 << PageBlocks.Order);)
        {
            int order = _free.OrderAt(frame);
            if (order >= 0)
            {
                _free.Remove(frame, order, from);
                _free.PutLast(frame, order, to);
            }
            frame += 1 << Math.Max(order, _frames[frame].AllocatedOrder);
        }
        _blocks[start] = to;
    }

    private void SetTypes(int block, int order, MigrateType type)
    {
        for (int part = block; part < block + (1 << order); part += 1 << PageBlocks.Order) _blocks[part] = type;
    }

    private void MoveFrontierBeyond(int frame)
    {
        while (_frontier <= frame && _frontier < _wholeEnd)
        {
            _free.PutLast(_frontier, MaximumOrder, _blocks.Initial);
            _frontier += 1 << MaximumOrder;
        }
    }
}
