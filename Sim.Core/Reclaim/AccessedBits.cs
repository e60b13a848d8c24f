using System.Runtime.CompilerServices;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>
/// The hardware bits of the machine. The accessed bits of all mappings of a frame are kept as one byte a frame, which is what a kernel asks for
/// (folio_referenced): a hand that sweeps frames then reads a dense array instead of scattered page-table entries (with those, choosing
/// clock's victim took 180 ns of the host's time a fault). Clearing one leaves every TLB as it is.
/// </summary>
internal readonly unsafe ref struct AccessedBits(FrameArray<Frame> frames, FrameArray<byte> accessed) : IAccessedBits
{
    public bool Test(FrameNumber folio) => accessed[folio.Value] != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TestAndClear(FrameNumber folio)
    {
        if (accessed[folio.Value] == 0) return false;
        accessed[folio.Value] = 0;
        return true;
    }

    public bool IsDirty(FrameNumber folio)
    {
        ref Frame frame = ref frames[folio.Value];
        ulong* entry = ReverseMap.EntryOf(frame);
        return frame.SwapSlot < 0 || (entry != null && (*entry & PageTableEntry.Dirty) != 0);
    }
}
