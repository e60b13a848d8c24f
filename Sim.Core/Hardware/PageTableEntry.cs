using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Hardware;

/// <summary>
/// A leaf entry of a page table. The accessed bit is kept beside it, one byte a frame.
/// <code>
///   present  | unused : 20 | frame : 32 | unused : 4 | parked | zero page | huge | dirty | 0 | writable | 0 | 1 |
///            63            44           12           8        7           6      5       4   3          2   1   0
///   absent   | in transit | slot or transfer + 1 : 31 | shadow : 30 | swapped | 0 |
///            63           62                          32            2         1   0
///   hidden   as present, but for the present bit, and bit 3 is set: the mapping permits no access, the page is kept
///   empty    0
/// </code>
/// </summary>
public static class PageTableEntry
{
    public const ulong Present = 1;
    public const ulong Writable = 1 << 2;
    public const ulong Dirty = 1 << 4;
    public const ulong Huge = 1 << 5;

    /// <summary>The frame is the shared zero page: it is in no replacement domain and has no reverse map.</summary>
    public const ulong ZeroPage = 1 << 6;

    /// <summary>
    /// In a leaf table that processes share: the entry is writable, and the entry above it, which the hardware asks first, is not. Here it takes the place
    /// of <see cref="Writable"/>, so that one look at the leaf tells what the hardware would permit.
    /// </summary>
    public const ulong Parked = 1 << 7;

    private const ulong Hidden = 1 << 3;
    private const ulong Swapped = 1 << 1;
    private const ulong Transit = 1UL << 63;
    private const int FrameShift = 12;
    private const int ShadowShift = 2;
    private const int SlotShift = 32;
    private const ulong ShadowMask = (1UL << Shadow.Bits) - 1;

    /// <summary>A present entry.</summary>
    public static ulong OfFrame(FrameNumber frame, ulong flags) => (ulong)(uint)frame.Value << FrameShift | Present | flags;

    /// <summary>The frame of a present entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FrameNumber FrameOf(ulong entry) => new((int)(entry >> FrameShift));

    /// <summary>An absent entry whose page lies in a swap slot.</summary>
    public static ulong OfSlot(int slot, Shadow shadow) => (ulong)(uint)slot << SlotShift | ShadowBits(shadow) | Swapped;

    /// <summary>An absent entry whose page a device is just reading, or whose frame a device is just freeing.</summary>
    public static ulong OfTransfer(int transfer) => Transit | (ulong)(uint)transfer << SlotShift;

    public static bool IsWritable(ulong entry) => (entry & (Present | Writable)) == (Present | Writable);

    public static bool IsPresent(ulong entry) => (entry & Present) != 0;

    /// <summary>Whether the shared zero page is mapped, though the processor may be kept from it. The flag means that only where there is a frame.</summary>
    public static bool IsZeroPage(ulong entry) => (entry & ZeroPage) != 0 && HasFrame(entry);

    /// <summary>Whether a frame is behind the entry, though the processor may be kept from it.</summary>
    public static bool HasFrame(ulong entry) => (entry & (Present | Hidden)) != 0 && (entry & (Swapped | Transit)) == 0;

    /// <summary>The entry of a page that now lies in another frame.</summary>
    public static ulong WithFrame(ulong entry, FrameNumber frame) => (entry & ~((ulong)uint.MaxValue << FrameShift)) | (ulong)(uint)frame.Value << FrameShift;

    /// <summary>The entry of a frame with other access: none, or loads, or stores too.</summary>
    public static ulong WithAccess(ulong entry, bool isAccessible, bool isWritable) =>
        (entry & ~(Present | Hidden | Writable)) | (isAccessible ? Present : Hidden) | (isWritable && (entry & ZeroPage) == 0 ? Writable : 0);

    public static bool IsSwapped(ulong entry) => (entry & (Present | Swapped)) == Swapped;

    public static bool IsInTransit(ulong entry) => (entry & (Present | Transit)) == Transit;

    /// <summary>The slot of a swapped entry, or the transfer of one in transit.</summary>
    public static int IndexOf(ulong entry) => (int)(entry >> SlotShift & int.MaxValue);

    /// <summary>The shadow of a swapped entry.</summary>
    public static Shadow ShadowOf(ulong entry) => new((uint)(entry >> ShadowShift & ShadowMask));

    private static ulong ShadowBits(Shadow shadow) => (shadow.Value & ShadowMask) << ShadowShift;
}
