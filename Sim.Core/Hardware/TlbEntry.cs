using System.Runtime.CompilerServices;

namespace Sim.Core.Hardware;

/// <summary>
/// A translation as the TLB keeps it. The frame is not in it: the simulator finds that in the page table, which a TLB entry never
/// contradicts for as long as it may be used.
/// <code>
///   | virtual page : 45 | unused : 3 | address-space identifier : 12 | page size : 2 | 1 | store : 1 |
///   63                 19            16                              4               2   1           0
/// </code>
/// The bit that is always set keeps a real key apart from an empty way.
/// </summary>
internal static class TlbEntry
{
    /// <summary>Set when a store may go through: the page is writable and already dirty. A store through a clean entry walks again.</summary>
    public const ulong StoreAllowed = 1;

    private const ulong Valid = 2;
    private const int SizeShift = 2;
    private const int AsidShift = 4;

    /// <summary>Where the virtual page begins.</summary>
    public const int PageShift = 19;

    /// <summary>The identifiers that fit.</summary>
    public const int MaximumAsids = 1 << 12;

    /// <summary>The key of a base page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Key(ulong page, ulong asidBits) => page << PageShift | asidBits;

    /// <summary>The part of a base page's key that stays the same while a CPU runs one address space.</summary>
    public static ulong AsidBits(int asid) => (ulong)(uint)asid << AsidShift | Valid;

    /// <summary>The key of a page of any size; the page number is that of its first base page.</summary>
    public static ulong Key(ulong page, int asid, PageSize size) =>
        Key(page >> (9 * (int)size) << (9 * (int)size), AsidBits(asid)) | (ulong)size << SizeShift;

    public static ulong PageOf(ulong entry) => entry >> PageShift;

    public static int AsidOf(ulong entry) => (int)(entry >> AsidShift) & (MaximumAsids - 1);

    public static PageSize SizeOf(ulong entry) => (PageSize)(entry >> SizeShift & 3);
}
