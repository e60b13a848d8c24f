using System.Runtime.InteropServices;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// What the host keeps of one page frame: 24 bytes, all zero until the frame is first used.
/// <code>
///   in use   | page identity : 64 | reverse-map handle : 64 | swap slot + 1 : 32 | kind : 8 | order : 8 | flags : 16 |
///   free     | previous : 32 | next : 32 | 0                | 0                  | Free     | order+1 | 0          |
/// </code>
/// The first frame of an allocated block of several has the mark 128 + order.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct Frame
{
    internal const byte AllocatedMark = 0x80;

    internal ulong IdentityOrLinks;

    /// <summary>Where the page is mapped: a handle that only the reverse map reads. 0 when it is mapped nowhere.</summary>
    public ulong ReverseMap;

    private uint _swapSlotPlusOne;

    /// <summary>Who owns the frame.</summary>
    public FrameKind Kind;

    internal byte OrderMark;

    /// <summary>What must not happen to it just now.</summary>
    public FrameFlags Flags;

    /// <summary>log2 of the frames of the allocated block that begins here.</summary>
    internal readonly int AllocatedOrder => (OrderMark & AllocatedMark) != 0 ? OrderMark & ~AllocatedMark : 0;

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
}
