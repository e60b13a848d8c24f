using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// What of a machine works on its memory: address spaces and their calls, faults, reclaim, and the page cache where there are files. The kernel's mm/ beside
/// the <see cref="MachineParts"/> that it works on.
/// </summary>
internal sealed class MemoryManagement
{
    /// <summary>That of a machine.</summary>
    /// <param name="spec">The machine.</param>
    /// <param name="parts">Its memory; gets its page cache, and its allocator those who reclaim and move pages for it.</param>
    /// <param name="tlbs">The TLBs of the machine's CPUs.</param>
    /// <param name="deviceEvents">Whom the swap device tells when it is done.</param>
    /// <param name="fileEvents">Whom the files' device and the page cache tell.</param>
    /// <param name="counters">Where the machine's own work is counted.</param>
    public MemoryManagement(MachineSpec spec, MachineParts parts, ITlbFlush tlbs, IDeviceEvents deviceEvents, IFileEvents fileEvents, CounterSet counters)
    {
        FrameDomains domains = parts.Domains.Frames;
        // Who reads swap ahead may bring in what another process maps then.
        if (parts.SwapCache is not null) domains.Mix();
        var leaves = new LeafTables();
        var owners = new LeafOwners(leaves, index => AddressSpaces![index]);
        Transfers = new TransferTable(parts.Frames, parts.ReverseMap, parts.Allocator, parts.Device, deviceEvents, domains);
        var release = new PageRelease(parts.Frames, parts.FolioBits, parts.Allocator, parts.Swap, domains) { Transfers = Transfers, SwapCache = parts.SwapCache };
        var tables = new SharedTables(parts.Frames, parts.ReverseMap, release, tlbs, counters);
        Reclaimer = new Reclaimer(parts.Frames, parts.ReverseMap, parts.FolioBits, parts.Allocator, parts.Swap, tlbs, Transfers, owners, domains,
            spec.QuotaFrames is null ? Reclaimer.GlobalBatch : 1)
        { Contents = spec.Contents, SwapCache = parts.SwapCache };
        var pages = new PageParts
        {
            Frames = parts.Frames,
            FolioBits = parts.FolioBits,
            Allocator = parts.Allocator,
            Reclaimer = Reclaimer,
            Swap = parts.Swap,
            Transfers = Transfers,
            ReverseMap = parts.ReverseMap,
            Domains = domains,
            Tlbs = tlbs,
            Contents = spec.Contents,
        };
        if (spec.Files.Count > 0 || spec.HasSharedMemory)
        {
            FileRequests = new FileRequests(parts.Disk, parts.Device, parts.Swap, parts.Frames, parts.Allocator, Transfers, fileEvents, counters);
            parts.Cache = new PageCache(new PageCacheParts(pages, owners, FileRequests)
            {
                ReadaheadWindow = parts.Readahead?.FileWindow ?? Readahead.LinuxWindow,
                Events = fileEvents,
                Counters = counters,
            });
            (Reclaimer.Files, Transfers.Files) = (parts.Cache.Eviction, (parts.Disk, parts.Cache.Eviction));
            // Whoever maps a file may find what another one brought in.
            domains.Mix();
        }
        var commit = new CommitAccount(spec.Overcommit, (ulong)parts.Frames.Length, (ulong)spec.SwapSize.Pages);
        Calls = new AddressSpaceCalls(parts.Objects, new MappedPages(parts.Frames, parts.ReverseMap, release, tlbs, tables), commit, tlbs, KernelFaults, counters, parts.Cache);
        AddressSpaces = new MmTable(parts.Objects, leaves, Calls, spec.AddressSpaces with { Seed = spec.Seed }, parts.Domains);
        var faultParts = new FaultParts(pages, Calls, tables)
        {
            ZeroPage = parts.ZeroPage,
            Paging = spec.Paging,
            Cache = parts.Cache,
            Readahead = parts.Readahead,
            SwapCache = parts.SwapCache,
        };
        Faults = new FaultHandler(faultParts);
        FaultLog = new FaultLog(Faults, spec.RecordFaults);
        (KernelFaults.Handler, KernelFaults.Log) = (Faults, FaultLog);
        Fork = spec.AddressSpaces.CreateFork();
        ForkedPages = new ForkedPages(Fork, faultParts, Faults, counters);
        parts.Allocator.Mover = new PageMover(parts.Frames, parts.ReverseMap, parts.FolioBits, tlbs, owners, domains, parts.Fragmentation) { Contents = spec.Contents };
        parts.Allocator.DirectReclaim = new DirectReclaim(Reclaimer, parts.Allocator, parts.Holdings, domains, counters);
    }

    /// <summary>All address spaces.</summary>
    public MmTable AddressSpaces { get; }

    /// <summary>The calls on mappings.</summary>
    public AddressSpaceCalls Calls { get; }

    /// <summary>Where user frames come from.</summary>
    public Reclaimer Reclaimer { get; }

    /// <summary>What is on its way from and to swap.</summary>
    public TransferTable Transfers { get; }

    /// <summary>What is on its way from and to the files' device; null on a machine that has none.</summary>
    public FileRequests? FileRequests { get; }

    /// <summary>The fault handler.</summary>
    public FaultHandler Faults { get; }

    /// <summary>What became of each fault.</summary>
    public FaultLog FaultLog { get; }

    /// <summary>Faults of the kernel's own accesses to processes' memory.</summary>
    public KernelFaults KernelFaults { get; } = new();

    /// <summary>What fork does.</summary>
    public IForkPolicy Fork { get; }

    /// <summary>What fork does about pages.</summary>
    public ForkedPages ForkedPages { get; }
}
