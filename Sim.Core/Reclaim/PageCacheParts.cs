using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>What a page cache works with.</summary>
public sealed record PageCacheParts
{
    /// <summary>All frames.</summary>
    public required FrameArray<Frame> Frames { get; init; }

    /// <summary>One byte a frame: <see cref="Hardware.FolioBits"/>.</summary>
    public required FrameArray<byte> FolioBits { get; init; }

    /// <summary>Where free frames go.</summary>
    public required PageAllocator Allocator { get; init; }

    /// <summary>Where frames come from.</summary>
    public required Reclaimer Reclaimer { get; init; }

    /// <summary>Where shared memory goes.</summary>
    public required SwapArea Swap { get; init; }

    /// <summary>How it gets there where the CPU does the work of the device.</summary>
    public required TransferTable Transfers { get; init; }

    /// <summary>Which entries map a frame.</summary>
    public required ReverseMap ReverseMap { get; init; }

    /// <summary>Whose entries those are.</summary>
    public required LeafOwners Owners { get; init; }

    /// <summary>Which domain each frame is charged to.</summary>
    public required FrameDomains Domains { get; init; }

    /// <summary>For translations that go.</summary>
    public required ITlbFlush Tlbs { get; init; }

    /// <summary>The device of the files.</summary>
    public required FileRequests Requests { get; init; }

    /// <summary>The largest window that is read ahead of a file, in pages.</summary>
    public int ReadaheadWindow { get; init; } = Readahead.LinuxWindow;

    /// <summary>Whether files have pages that it was not told of; otherwise mappings of them behave as anonymous memory.</summary>
    public bool HoldsAll { get; init; }

    /// <summary>Whom to tell of the first page of a file that becomes dirty; null for nobody.</summary>
    public IFileEvents? Events { get; init; }

    /// <summary>Where the machine's own work is counted.</summary>
    public CounterSet Counters { get; init; } = new();

    /// <summary>Who follows what frames hold; null for nobody.</summary>
    public IPageContents? Contents { get; init; }
}
