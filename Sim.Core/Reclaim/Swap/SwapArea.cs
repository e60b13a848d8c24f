using System;
using System.Collections.Generic;
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
    private readonly Dictionary<int, int> _otherOwners = [];
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

    /// <summary>Gives a slot one more owner, as fork does: it is free when each has given it back.</summary>
    public void Share(int slot) => _otherOwners[slot] = _otherOwners.GetValueOrDefault(slot) + 1;

    /// <summary>Whether a slot has more owners than one: then what lies in it must not change.</summary>
    public bool IsShared(int slot) => _otherOwners.Count > 0 && _otherOwners.ContainsKey(slot);

    /// <summary>Gives a slot back, or an owner's part in it.</summary>
    public void Free(int slot)
    {
        if (IsShared(slot))
        {
            if (--_otherOwners[slot] == 0) _otherOwners.Remove(slot);
            return;
        }
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
