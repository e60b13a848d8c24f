using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>How physical memory is laid out and kept.</summary>
public sealed record MemorySpec
{
    /// <summary>Memory below this is zone DMA: a multiple of 4 MiB, 0 for no such zone.</summary>
    public ByteSize DmaEnd { get; init; } = new(16L << 20);

    /// <summary>Memory between that and this is zone DMA32: a multiple of 4 MiB.</summary>
    public ByteSize Dma32End { get; init; } = new(4L << 30);

    /// <summary>How vm.min_free_kbytes comes about.</summary>
    public MinFreeRule MinFree { get; init; } = MinFreeRule.SquareRoot;

    /// <summary>vm.min_free_kbytes, where <see cref="MinFree"/> says that it is given.</summary>
    public ByteSize MinFreeBytes { get; init; }

    /// <summary>CPUs, each with lists of its own.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>The allocator of each zone.</summary>
    public IFrameAllocatorDesign Allocator { get; init; } = BuddyDesign.Default;
}
