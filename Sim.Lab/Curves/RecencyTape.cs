using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Lab.Curves;

/// <summary>
/// The LRU stack as a tape: each reference takes the next slot, and the stack distance of a page is the number of live slots from its last one to the
/// end. A bit says whether a slot is live; live bits of blocks of 512 slots are summed in a Fenwick tree, but for the last block, which is being
/// written, so that a reference changes one sum instead of two. When the tape is full its live slots are moved together.
/// <code>
///   slot     0 1 2 3 | 4 5 6 7 | 8      blocks of 4 for the picture
///   page     a b c a | b d e d | a      before slot 8 is written: live are 2 3 4 6 7,
///   live     . . 1 1 | 1 . 1 1 |        from a's slot 3 on four of them: a b e d, a's distance
/// </code>
/// F. Olken, "Efficient methods for calculating the success function of fixed space replacement policies", LBL-12370, 1981 (a tree in place of Mattson's list);
/// P. M. Fenwick, Software: Practice and Experience 24(3), 1994. A bitmap under the tree: 1.6 times a tree of single slots.
/// </summary>
internal sealed class RecencyTape
{
    private const int BlockShift = 9, WordShift = 6, BlockWords = 1 << (BlockShift - WordShift);
    private const int SmallestTape = 1 << 16;
    private FrameArray<uint> _slotOf = new(SmallestTape / 2); // plus 1; 0 is a page without one
    private uint[] _pageAt = new uint[SmallestTape];
    private ulong[] _live = new ulong[SmallestTape >> WordShift];
    private int[] _tree = new int[(SmallestTape >> BlockShift) + 1]; // of closed blocks, counted from 1
    private int _end, _lastBlock, _liveInLast;

    /// <summary>Pages on the stack.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for page numbers below <paramref name="pages"/>.</summary>
    public void Reserve(long pages)
    {
        if (pages > _slotOf.Length) _slotOf = _slotOf.Grown(Math.Max(2 * _slotOf.Length, pages));
    }

    /// <summary>Fetches a page's slot ahead of its use: 1.3 times the speed at a million pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(uint page) => _slotOf.Prefetch(page);

    /// <summary>References a page: it goes to the top.</summary>
    /// <returns>Its distance, 1 at the top; 0 if it was not on the stack.</returns>
    public int Touch(uint page)
    {
        if (_end == _pageAt.Length) Compact();
        ref uint slotOf = ref _slotOf[(long)page];
        int distance = 0;
        if (slotOf != 0) distance = Take((int)slotOf - 1);
        else Count++;
        if (_end >> BlockShift != _lastBlock) CloseBlock();
        _live[_end >> WordShift] |= 1UL << _end;
        _liveInLast++;
        _pageAt[_end] = page;
        slotOf = (uint)++_end;
        return distance;
    }

    /// <summary>Takes a page off the stack.</summary>
    public void Remove(uint page)
    {
        ref uint slotOf = ref _slotOf[(long)page];
        if (slotOf == 0) return;
        Take((int)slotOf - 1);
        slotOf = 0;
        Count--;
    }

    /// <summary>Makes a slot dead; returns how many live ones there were from it to the end.</summary>
    private int Take(int slot)
    {
        ulong[] live = _live;
        int word = slot >> WordShift, block = slot >> BlockShift;
        ulong below = (1UL << slot) - 1;
        int before = BitOperations.PopCount(live[word] & below);
        for (int i = block * BlockWords; i < word; i++) before += BitOperations.PopCount(live[i]);
        live[word] &= ~(1UL << slot);
        int[] tree = _tree;
        if (block == _lastBlock)
        {
            int fromBlock = _liveInLast--;
            return fromBlock - before;
        }
        for (int i = block; i > 0; i &= i - 1) before += tree[i];
        for (int i = block + 1; i < tree.Length; i += i & -i) tree[i]--;
        return Count - before;
    }

    private void CloseBlock()
    {
        for (int i = _lastBlock + 1; i < _tree.Length; i += i & -i) _tree[i] += _liveInLast;
        _lastBlock = _end >> BlockShift;
        _liveInLast = 0;
    }

    /// <summary>Moves the live slots to the beginning; the tape is made so long that at least half of it is free then.</summary>
    private void Compact()
    {
        int kept = 0;
        uint[] from = _pageAt;
        if (2L * Count > from.Length) _pageAt = new uint[checked(from.Length * 2)];
        for (int word = 0; word < _live.Length; word++)
        {
            for (ulong bits = _live[word]; bits != 0; bits &= bits - 1)
            {
                uint page = from[(word << WordShift) + BitOperations.TrailingZeroCount(bits)];
                _pageAt[kept] = page;
                _slotOf[(long)page] = (uint)++kept;
            }
        }
        _end = kept;
        _live = new ulong[_pageAt.Length >> WordShift];
        _live.AsSpan(0, kept >> WordShift).Fill(ulong.MaxValue);
        if ((kept & 63) != 0) _live[kept >> WordShift] = (1UL << kept) - 1;
        _tree = new int[(_pageAt.Length >> BlockShift) + 1];
        _lastBlock = kept >> BlockShift;
        _liveInLast = kept - (_lastBlock << BlockShift);
        for (int block = 1; block < _tree.Length; block++)
        {
            if (block <= _lastBlock) _tree[block] += 1 << BlockShift;
            int parent = block + (block & -block);
            if (parent < _tree.Length) _tree[parent] += _tree[block];
        }
    }
}
