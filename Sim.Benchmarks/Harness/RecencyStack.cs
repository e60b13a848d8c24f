using System.Numerics;

namespace Sim.Benchmarks.Harness;

/// <summary>
/// All pages by recency, with access by depth in logarithmic time: a Fenwick tree counts the live slots of a tape on which the latest
/// page is always written at the end. When the tape is full the live slots are moved together.
/// <para>P. M. Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and Experience 24(3), 1994.</para>
/// </summary>
internal sealed class RecencyStack
{
    private readonly int _count;
    private readonly uint[] _tape;
    private readonly int[] _tree;
    private readonly int _highestStep;
    private int _end;

    /// <summary>Pages 1 to <paramref name="count"/>, page 1 on top.</summary>
    public RecencyStack(int count)
    {
        _count = count;
        _tape = new uint[(2 * count) + 1];
        _tree = new int[_tape.Length];
        _highestStep = 1 << BitOperations.Log2((uint)_tape.Length - 1);
        for (int slot = 1; slot <= count; slot++) _tape[slot] = (uint)(count - slot + 1);
        Rebuild();
    }

    /// <summary>The page at <paramref name="depth"/>, 0 being the top, which goes to the top.</summary>
    public uint Touch(int depth)
    {
        if (_end == _tape.Length - 1) Rebuild();
        int slot = SlotOf(_count - depth);
        uint page = _tape[slot];
        _tape[slot] = 0;
        Add(slot, -1);
        _tape[++_end] = page;
        Add(_end, 1);
        return page;
    }

    /// <summary>The slot of the live page that is number <paramref name="rank"/> from the start of the tape, counted from 1.</summary>
    private int SlotOf(int rank)
    {
        int slot = 0;
        for (int step = _highestStep; step > 0; step >>= 1)
        {
            if (slot + step >= _tree.Length || _tree[slot + step] >= rank) continue;
            slot += step;
            rank -= _tree[slot];
        }
        return slot + 1;
    }

    private void Add(int slot, int amount)
    {
        for (; slot < _tree.Length; slot += slot & -slot) _tree[slot] += amount;
    }

    private void Rebuild()
    {
        _end = 0;
        for (int slot = 1; slot < _tape.Length; slot++)
        {
            uint page = _tape[slot];
            _tape[slot] = 0;
            if (page != 0) _tape[++_end] = page;
        }
        for (int slot = 1; slot < _tree.Length; slot++) _tree[slot] = slot <= _end ? 1 : 0;
        for (int slot = 1; slot < _tree.Length; slot++)
        {
            int parent = slot + (slot & -slot);
            if (parent < _tree.Length) _tree[parent] += _tree[slot];
        }
    }
}
