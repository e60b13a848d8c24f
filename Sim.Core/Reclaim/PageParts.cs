using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>What works on pages of files and of processes alike: what the page cache and the fault handler have in common.</summary>
public record PageParts
{
    /// <summary>All frames.</summary>
    public required FrameArray<Frame> Frames { get; init; }

    /// <summary>One byte a frame: <see cref="Hardware.FolioBits"/>.</summary>
    public required FrameArray<byte> FolioBits { get; init; }

    /// <summary>Where free frames go, and huge pages come from.</summary>
    public required PageAllocator Allocator { get; init; }

    /// <summary>Where user frames come from.</summary>
    public required Reclaimer Reclaimer { get; init; }

    /// <summary>Swap slots.</summary>
    public required SwapArea Swap { get; init; }

    /// <summary>What is on its way from and to swap.</summary>
    public required TransferTable Transfers { get; init; }

    /// <summary>Which entries map a frame.</summary>
    public required ReverseMap ReverseMap { get; init; }

    /// <summary>Which domain each frame is charged to.</summary>
    public required FrameDomains Domains { get; init; }

    /// <summary>For translations that are replaced or go.</summary>
    public required ITlbFlush Tlbs { get; init; }

    /// <summary>Who follows what frames and slots hold; null for nobody.</summary>
    public IPageContents? Contents { get; init; }
}
