using System.Runtime.CompilerServices;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>The hardware bits of the machine: found in the mapping of each frame. Clearing one leaves every TLB as it is.</summary>
internal readonly unsafe ref struct AccessedBits(FrameArray<Frame> frames) : IAccessedBits
{
    public bool Test(FrameNumber folio)
    {
        ulong* entry = ReverseMap.EntryOf(frames[folio.Value]);
        return entry != null && (*entry & PageTableEntry.Accessed) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TestAndClear(FrameNumber folio)
    {
        ulong* entry = ReverseMap.EntryOf(frames[folio.Value]);
        if (entry == null || (*entry & PageTableEntry.Accessed) == 0) return false;
        *entry &= ~PageTableEntry.Accessed;
        return true;
    }

    public bool IsDirty(FrameNumber folio)
    {
        ref Frame frame = ref frames[folio.Value];
        ulong* entry = ReverseMap.EntryOf(frame);
        return frame.SwapSlot < 0 || (entry != null && (*entry & PageTableEntry.Dirty) != 0);
    }
}
