using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sim.Core.Reclaim.Replay;

/// <summary>
/// What is known of each page of any id: an entry that is not 0. Open addressing with linear probing in one flat array, at most half full.
/// Removing moves later entries back to where they would stand without the removed one, so that no marks of removed ones pile up.
/// </summary>
internal sealed class PageHash
{
    private const int Smallest = 1 << 10;
    private Slot[] _slots = new Slot[Smallest];
    private int _shift = 64 - BitOperations.Log2(Smallest);
    private int _count;

    /// <summary>A page's entry; 0 if it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong page) => _slots[IndexOf(page)].Entry;

    /// <summary>Gives a page another entry than it has.</summary>
    /// <param name="page">Its id.</param>
    /// <param name="entry">Not 0.</param>
    public void Set(ulong page, int entry)
    {
        ref Slot slot = ref _slots[IndexOf(page)];
        if (slot.Entry == 0)
        {
            if (_count == _slots.Length / 2)
            {
                Grow();
                slot = ref _slots[IndexOf(page)];
            }
            _count++;
            slot.Page = page;
        }
        slot.Entry = entry;
    }

    /// <summary>Takes a page's entry away, if it has one.</summary>
    public void Remove(ulong page)
    {
        int hole = IndexOf(page), mask = _slots.Length - 1;
        if (_slots[hole].Entry == 0) return;
        for (int index = (hole + 1) & mask; _slots[index].Entry != 0; index = (index + 1) & mask)
        {
            // It may move back unless its own place lies behind the hole.
            if (((index - Home(_slots[index].Page)) & mask) < ((index - hole) & mask)) continue;
            _slots[hole] = _slots[index];
            hole = index;
        }
        _slots[hole] = default;
        _count--;
    }

    /// <summary>Fetches a page's place ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong page)
    {
        // Nothing is read through the pointer: an array that moves meanwhile costs speed alone.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref _slots[Home(page)]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IndexOf(ulong page)
    {
        Slot[] slots = _slots;
        int index = Home(page);
        while (slots[index].Entry != 0 && slots[index].Page != page) index = (index + 1) & (slots.Length - 1);
        return index;
    }

    // Multiplying by 2^64 / golden ratio spreads strided ids, which page addresses are, evenly over the upper bits.
    private int Home(ulong page) => (int)((page * 0x9E3779B97F4A7C15UL) >> _shift);

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[old.Length * 2];
        _shift--;
        foreach (Slot slot in old)
        {
            if (slot.Entry != 0) _slots[IndexOf(slot.Page)] = slot;
        }
    }

    private struct Slot
    {
        public ulong Page;
        public int Entry;
    }
}
