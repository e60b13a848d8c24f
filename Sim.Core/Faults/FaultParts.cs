using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>What the fault handler works with.</summary>
public sealed record FaultParts
{
    /// <summary>All frames.</summary>
    public required FrameArray<Frame> Frames { get; init; }

    /// <summary>Where huge pages come from.</summary>
    public required PageAllocator Allocator { get; init; }

    /// <summary>Which entries map a frame.</summary>
    public required ReverseMap ReverseMap { get; init; }

    /// <summary>How mappings get their anon_vmas.</summary>
    public required AnonVmas AnonVmas { get; init; }

    /// <summary>How stacks grow.</summary>
    public required StackGrowth Stacks { get; init; }

    /// <summary>Where user frames come from.</summary>
    public required Reclaimer Reclaimer { get; init; }

    /// <summary>What is on its way from and to swap.</summary>
    public required TransferTable Transfers { get; init; }

    /// <summary>Swap slots.</summary>
    public required SwapArea Swap { get; init; }

    /// <summary>For translations that are replaced.</summary>
    public required ITlbFlush Tlbs { get; init; }

    /// <summary>Leaf tables that several address spaces have.</summary>
    public required SharedTables Tables { get; init; }

    /// <summary>Which domain each frame is charged to.</summary>
    public required FrameDomains Domains { get; init; }

    /// <summary>One byte a frame: <see cref="Hardware.FolioBits"/>.</summary>
    public required FrameArray<byte> FolioBits { get; init; }

    /// <summary>The frame that all pages share which have only been read, or null to give each its own at once.</summary>
    public FrameNumber? ZeroPage { get; init; }

    /// <summary>Which pages come unasked.</summary>
    public PagingRules Paging { get; init; } = PagingRules.Linux;

    /// <summary>What is read ahead; null for Linux's windows of files, and nothing of swap.</summary>
    public IReadahead? Readahead { get; init; }

    /// <summary>What was read ahead of swap; null where nothing is.</summary>
    public SwapCache? SwapCache { get; init; }

    /// <summary>Who follows what frames and slots hold; null for nobody.</summary>
    public IPageContents? Contents { get; init; }

    /// <summary>The pages of files; null where a mapping of a file behaves as anonymous memory.</summary>
    public PageCache? Cache { get; init; }
}
