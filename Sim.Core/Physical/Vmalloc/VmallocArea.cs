using Sim.Core.Units;

namespace Sim.Core.Physical.Vmalloc;

/// <summary>One area of the vmalloc range.</summary>
/// <param name="First">Its first page, counted from the range's start.</param>
/// <param name="Pages">Pages that are mapped.</param>
/// <param name="Guard">Pages behind them that are not.</param>
/// <param name="Caller">Who asked for it.</param>
public sealed record VmallocArea(long First, long Pages, int Guard, string Caller)
{
    /// <summary>The first address of the vmalloc range on x86-64 with four levels: VMALLOC_START.</summary>
    public const ulong RangeStart = 0xffff_c900_0000_0000;

    /// <summary>Its frames, in order; none where somebody else's are mapped.</summary>
    internal FrameNumber[] Frames { get; init; } = [];

    /// <summary>Its vmap_area, vm_struct and array of pages.</summary>
    internal KernelAddress[] Metadata { get; init; } = [];

    /// <summary>Where the array of pages is too large for kmalloc, its first frame and log2 of its frames.</summary>
    internal (FrameNumber Frame, int Order)? LargeArray { get; init; }

    /// <summary>Its first address.</summary>
    public ulong Address => RangeStart + (ulong)First * ByteSize.PageBytes;

    /// <summary>The address behind it and its guard.</summary>
    public ulong End => Address + (ulong)(Pages + Guard) * ByteSize.PageBytes;
}
