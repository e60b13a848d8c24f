using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Reclaim.Replay;

/// <summary>The accessed bits of replay: one byte a page. A reference string has no stores, so nothing is dirty.</summary>
internal readonly unsafe ref struct ReplayBits(byte* stateOf, uint* pageIn) : IAccessedBits
{
    public const byte Resident = 1;
    public const byte Accessed = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Test(FrameNumber folio) => stateOf != null && stateOf[pageIn[folio.Value]] == Accessed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TestAndClear(FrameNumber folio)
    {
        byte* state = stateOf + pageIn[folio.Value];
        bool accessed = *state == Accessed;
        *state = Resident;
        return accessed;
    }

    public bool IsDirty(FrameNumber folio) => false;
}
