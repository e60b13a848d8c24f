using System.Runtime.InteropServices;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// What the host keeps of one page frame: 20 bytes, all zero until the frame is first used.
/// <code>
///   in use   | page identity : 64          | flags : 8 | order : 4   | kind : 4 | reverse-map handle : 48 | swap slot + 1 : 32 |
///   free     | previous : 32 | next : 32   | 0         | order + 1   | Free     | 0                       | 0                  |
/// </code>
/// Of an allocated or free block of several frames only the first has the order; of the others a free block's are Free without one.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
public struct Frame
{
    private const int KindShift = 48, OrderShift = 52, FlagsShift = 56;
    private const ulong HandleMask = (1UL << KindShift) - 1, NibbleMask = 15, FlagsMask = byte.MaxValue;

    internal ulong IdentityOrLinks;

    private ulong _word;

    private uint _swapSlotPlusOne;

    /// <summary>Where the page is mapped: a handle of 48 bits that only the reverse map reads. 0 when it is mapped nowhere.</summary>
    public ulong ReverseMap
    {
        readonly get => _word & HandleMask;
        set => _word = (_word & ~HandleMask) | value;
    }

    /// <summary>Who owns the frame.</summary>
    public FrameKind Kind
    {
        readonly get => (FrameKind)(_word >> KindShift & NibbleMask);
        set => _word = (_word & ~(NibbleMask << KindShift)) | (ulong)value << KindShift;
    }

    /// <summary>What must not happen to it just now.</summary>
    public FrameFlags Flags
    {
        readonly get => (FrameFlags)(_word >> FlagsShift);
        set => _word = (_word & ~(FlagsMask << FlagsShift)) | (ulong)value << FlagsShift;
    }

    /// <summary>Whether compaction may copy the page elsewhere: it is not the kernel's own, and not read or written by a device.</summary>
    internal readonly bool IsMovable => Kind is FrameKind.Anonymous or FrameKind.Filler && (Flags & FrameFlags.InTransit) == 0;

    /// <summary>The page that lies in the frame.</summary>
    public PageIdentity Identity
    {
        readonly get => new(IdentityOrLinks);
        set => IdentityOrLinks = value.Value;
    }

    /// <summary>The swap slot that holds a copy of the page, or -1.</summary>
    public int SwapSlot
    {
        readonly get => (int)_swapSlotPlusOne - 1;
        set => _swapSlotPlusOne = (uint)(value + 1);
    }

    /// <summary>log2 of the frames of the allocated block that begins here.</summary>
    internal readonly int AllocatedOrder => Kind == FrameKind.Free ? 0 : (int)(_word >> OrderShift & NibbleMask);

    /// <summary>log2 of the frames of the free block that begins here, or -1.</summary>
    internal readonly int FreeOrder => Kind == FrameKind.Free ? (int)(_word >> OrderShift & NibbleMask) - 1 : -1;

    /// <summary>Makes the frame one that holds a page, mapped nowhere yet.</summary>
    internal void Hold(FrameKind kind, PageIdentity page, int swapSlot, FrameFlags flags) =>
        Write(page.Value, (ulong)kind << KindShift | (ulong)flags << FlagsShift, (uint)(swapSlot + 1));

    /// <summary>Makes the frame the first of an allocated block of 2^<paramref name="order"/>.</summary>
    internal void MarkAllocated(FrameKind kind, int order) => Write(0, (ulong)kind << KindShift | (ulong)order << OrderShift, 0);

    /// <summary>Makes the frame the first of a free block of 2^<paramref name="order"/> that is on a list.</summary>
    internal void MarkFree(int order, ulong links) => Write(links, (ulong)(order + 1) << OrderShift, 0);

    /// <summary>Makes the frame nobody's and the first of no block.</summary>
    internal void Unmark() => _word &= ~(NibbleMask << KindShift | NibbleMask << OrderShift);

    private void Write(ulong identityOrLinks, ulong word, uint swapSlotPlusOne)
    {
        IdentityOrLinks = identityOrLinks;
        _word = word;
        _swapSlotPlusOne = swapSlotPlusOne;
    }
}
