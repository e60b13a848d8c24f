using System;
using Sim.Core.Units;

namespace Sim.Core.Reclaim.Swap;

/// <summary>
/// The slots of a swap device. A slot in use keeps the identity of its page. Freed slots are used again first, last freed first, then the
/// ones never used, in order.
/// </summary>
public sealed class SwapArea(int slots)
{
    private const ulong InUse = 1UL << 63;
    private readonly FrameArray<ulong> _slots = new(slots);
    private int _free = -1;
    private int _frontier;

    /// <summary>Slots of the area.</summary>
    public int Slots { get; } = slots;

    /// <summary>Slots in use.</summary>
    public int Used { get; private set; }

    /// <summary>Takes a slot for a page; false when all are in use.</summary>
    public bool TryAllocate(PageIdentity page, out int slot)
    {
        slot = _free;
        if (slot >= 0) _free = (int)_slots[slot];
        else if (_frontier < Slots) slot = _frontier++;
        else return false;
        _slots[slot] = page.Value | InUse;
        Used++;
        return true;
    }

    /// <summary>Gives a slot back.</summary>
    public void Free(int slot)
    {
        if ((_slots[slot] & InUse) == 0) throw new InvalidOperationException($"swap slot {slot} is freed twice");
        _slots[slot] = (uint)_free;
        _free = slot;
        Used--;
    }

    /// <summary>The host address of the first slot's word, for loops that prefetch.</summary>
    internal unsafe ulong* Pointer => _slots.Pointer;

    /// <summary>The page that lies in a slot.</summary>
    public PageIdentity IdentityOf(int slot) => new(_slots[slot] & ~InUse);
}
