using System;
using Sim.Core.Units;

namespace Sim.Core.Physical.Buddy;

/// <summary>
/// The free blocks of a zone: a list for each order and migrate type, linked through the blocks' own first frames. A block's mark is its order, plus one.
/// </summary>
internal sealed class FreeLists
{
    public const int Orders = BuddyAllocator.MaximumOrder + 1;
    public const int None = -1;
    private const int Types = (int)MigrateType.Reclaimable + 1;
    private readonly FrameArray<Frame> _frames;
    private readonly int[] _first = new int[Orders * Types];
    private readonly int[] _last = new int[Orders * Types];
    private readonly long[] _blocks = new long[Orders * Types];

    public FreeLists(FrameArray<Frame> frames)
    {
        _frames = frames;
        Array.Fill(_first, None);
        Array.Fill(_last, None);
    }

    public int First(int order, MigrateType type) => _first[order * Types + (int)type];

    public long Count(int order, MigrateType type) => _blocks[order * Types + (int)type];

    public bool Any(int order)
    {
        int at = order * Types;
        return (_blocks[at] | _blocks[at + 1] | _blocks[at + 2]) != 0;
    }

    /// <summary>Whether a free block of just this order starts at a frame.</summary>
    public bool Starts(int block, int order) => _frames[block].FreeOrder == order;

    /// <summary>The order of the free block that starts at a frame, or -1.</summary>
    public int OrderAt(int block) => _frames[block].FreeOrder;

    public int Next(int block) => (int)_frames[block].IdentityOrLinks;

    public void PutFirst(int block, int order, MigrateType type)
    {
        int list = order * Types + (int)type, next = _first[list];
        Mark(block, order, None, next);
        if (next != None) Link(next, block, Next(next));
        else _last[list] = block;
        _first[list] = block;
        _blocks[list]++;
    }

    public void PutLast(int block, int order, MigrateType type)
    {
        int list = order * Types + (int)type, previous = _last[list];
        Mark(block, order, previous, None);
        if (previous != None) Link(previous, Previous(previous), block);
        else _first[list] = block;
        _last[list] = block;
        _blocks[list]++;
    }

    public void Remove(int block, int order, MigrateType type)
    {
        int list = order * Types + (int)type, previous = Previous(block), next = Next(block);
        if (previous == None) _first[list] = next;
        else Link(previous, Previous(previous), next);
        if (next == None) _last[list] = previous;
        else Link(next, previous, Next(next));
        _frames[block].Unmark();
        _blocks[list]--;
    }

    /// <summary>Throws where the links, the marks and the counts of a list do not agree.</summary>
    public void Check(int order, MigrateType type)
    {
        long blocks = 0;
        int previous = None;
        for (int block = First(order, type); block != None; previous = block, block = Next(block), blocks++)
        {
            if (!Starts(block, order)) throw new InvalidOperationException($"block {block} is on the list of order {order} without its mark");
            if ((block & ((1 << order) - 1)) != 0) throw new InvalidOperationException($"block {block} does not start at a multiple of 2^{order}");
            if (Previous(block) != previous) throw new InvalidOperationException($"block {block} points back to {Previous(block)}, not {previous}");
        }
        if (_last[order * Types + (int)type] != previous) throw new InvalidOperationException($"order {order}: the list does not end at block {previous}");
        if (blocks != Count(order, type)) throw new InvalidOperationException($"order {order}: {blocks} blocks found, {Count(order, type)} counted");
    }

    private int Previous(int block) => (int)(_frames[block].IdentityOrLinks >> 32);

    private void Mark(int block, int order, int previous, int next) => _frames[block].MarkFree(order, Links(previous, next));

    private void Link(int block, int previous, int next) => _frames[block].IdentityOrLinks = Links(previous, next);

    private static ulong Links(int previous, int next) => (ulong)(uint)previous << 32 | (uint)next;
}
