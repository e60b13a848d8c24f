using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>The passive parts of a machine: memory, swap, and the domains that share them.</summary>
internal sealed class MachineParts
{
    public MachineParts(MachineSpec spec, CounterSet counters)
    {
        long frames = Math.Min(spec.Memory.Bytes / ByteSize.PageBytes, int.MaxValue / 2);
        Frames = new FrameArray<Frame>(frames);
        Failure = spec.FailAllocation is { } at ? new FailureInjection(at) : null;
        Allocator = new PageAllocator(Frames, spec.MemoryLayout with { Cpus = spec.Cpus }, Failure, counters);
        if (spec.Fragmentation is { } broken) Fragmentation = new Fragmentation(Allocator, broken, RandomStream.SeedOf(spec.Seed, 0, "fragmentation"));
        Objects = new KernelObjects(Allocator, spec.Slab, spec.Vmalloc, spec.Cpus, Failure);
        Holdings = new KernelHoldings(Objects, Objects.Vmalloc);
        Swap = new SwapArea((int)Math.Min(spec.SwapSize.Pages, int.MaxValue / 2));
        Readahead = (IReadahead?)spec.Readahead?.Create(new PolicyContext(0, 0, spec.Seed));
        if (Readahead is { ReadsSwap: true }) SwapCache = new SwapCache(Swap.Slots);
        Device = new BlockDevice(spec.SwapDevice, RandomStream.SeedOf(spec.Seed, 0, "swap-device"));
        Disk = new BlockDevice(spec.Disk, RandomStream.SeedOf(spec.Seed, 0, "disk"));
        if (spec.HasZeroPage && Allocator.TryAllocate(0, FrameKind.ZeroPage, out FrameNumber zero)) ZeroPage = zero;
        FolioBits = new FrameArray<byte>(frames);
        Domains = new ReclaimDomains(spec, Frames, FolioBits);
    }

    /// <summary>The shared zero page, if there is one.</summary>
    public FrameNumber? ZeroPage { get; }

    public FrameArray<Frame> Frames { get; }

    /// <summary>One byte a frame: <see cref="Hardware.FolioBits"/>.</summary>
    public FrameArray<byte> FolioBits { get; }

    /// <summary>The allocation that is to fail, if one is.</summary>
    public FailureInjection? Failure { get; }

    /// <summary>What breaks memory up, if it is broken up.</summary>
    public Fragmentation? Fragmentation { get; }

    /// <summary>Which entries map a frame.</summary>
    public ReverseMap ReverseMap { get; } = new();

    public PageAllocator Allocator { get; }

    public KernelObjects Objects { get; }

    /// <summary>What kernel steps of programs hold.</summary>
    public KernelHoldings Holdings { get; }

    public SwapArea Swap { get; }

    /// <summary>What is read ahead; null for Linux's windows of files, and nothing of swap.</summary>
    public IReadahead? Readahead { get; }

    /// <summary>What was read ahead of swap; null where nothing is.</summary>
    public SwapCache? SwapCache { get; }

    public BlockDevice Device { get; }

    /// <summary>The device of the files.</summary>
    public BlockDevice Disk { get; }

    public ReclaimDomains Domains { get; }

    /// <summary>The pages of files; null on a machine that has none.</summary>
    public PageCache? Cache { get; set; }
}
