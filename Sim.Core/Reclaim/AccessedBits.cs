using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>The hardware bits of the machine's folios, as policies ask for them. Clearing one leaves every TLB as it is.</summary>
internal readonly ref struct AccessedBits(FrameArray<Frame> frames, FrameArray<byte> folioBits) : IAccessedBits
{
    public bool Test(FrameNumber folio) => (folioBits[folio.Value] & FolioBits.Accessed) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TestAndClear(FrameNumber folio)
    {
        VictimPrefetch.Passing(frames, folio.Value);
        ref byte bits = ref folioBits[folio.Value];
        if ((bits & FolioBits.Accessed) == 0) return false;
        bits &= unchecked((byte)~FolioBits.Accessed);
        return true;
    }

    public bool IsDirty(FrameNumber folio) => frames[folio.Value].SwapSlot < 0 || (folioBits[folio.Value] & FolioBits.Dirty) != 0;
}
