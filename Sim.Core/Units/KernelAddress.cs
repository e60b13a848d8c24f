using System.Globalization;

namespace Sim.Core.Units;

/// <summary>The address of a kernel object in the kernel's direct map of physical memory, which on x86-64 begins at ffff888000000000. 0 is none.</summary>
public readonly record struct KernelAddress(ulong Value)
{
    private const ulong DirectMap = 0xffff_8880_0000_0000;

    /// <summary>The frame that the object begins in.</summary>
    public FrameNumber Frame => new((int)((Value - DirectMap) / ByteSize.PageBytes));

    /// <summary>Bytes from a frame's start to the object.</summary>
    public int OffsetFrom(int frame) => (int)(Value - DirectMap - (ulong)frame * ByteSize.PageBytes);

    /// <summary>The address so many bytes into memory that begins with a frame.</summary>
    public static KernelAddress In(int frame, long offset = 0) => new(DirectMap + (ulong)frame * ByteSize.PageBytes + (ulong)offset);

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
