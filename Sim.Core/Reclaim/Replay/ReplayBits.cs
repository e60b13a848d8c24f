using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Reclaim.Replay;

/// <summary>
/// The accessed bits of replay: one byte a page. A reference string has no stores, so nothing is dirty. A hand passes frames in nearly
/// their order, since a page stands where the one whose frame it took stood: the byte a few frames on is fetched ahead (CLOCK 69 -> 77 M refs/s).
/// </summary>
internal readonly unsafe ref struct ReplayBits(byte* stateOf, uint* pageIn) : IAccessedBits
{
    public const byte Resident = 1;
    public const byte Accessed = 2;

    /// <summary>Frames that are looked ahead: <c>pageIn</c> is longer than the frames by this.</summary>
    public const int PrefetchDistance = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Test(FrameNumber folio) => stateOf != null && stateOf[pageIn[folio.Value]] == Accessed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TestAndClear(FrameNumber folio)
    {
        if (Sse.IsSupported) Sse.Prefetch0(stateOf + pageIn[folio.Value + PrefetchDistance]);
        byte* state = stateOf + pageIn[folio.Value];
        bool accessed = *state == Accessed;
        *state = Resident;
        return accessed;
    }

    public bool IsDirty(FrameNumber folio) => false;
}
