using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Physical.Vmalloc;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>A machine and the policies of its kernel.</summary>
public sealed record MachineSpec
{
    /// <summary>CPUs, 1 to 64.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Physical memory.</summary>
    public ByteSize Memory { get; init; } = new(1L << 30);

    /// <summary>How it is laid out and kept; the CPUs are those of the machine.</summary>
    public MemorySpec MemoryLayout { get; init; } = new();

    /// <summary>How broken up memory is at the start; null for not at all.</summary>
    public FragmentationSpec? Fragmentation { get; init; }

    /// <summary>How caches of kernel objects work.</summary>
    public ISlabDesign Slab { get; init; } = new SlubDesign();

    /// <summary>How the kernel's virtual areas are placed.</summary>
    public IVmallocDesign Vmalloc { get; init; } = new FirstFitDesign();

    /// <summary>Allocations of frames and objects that succeed before one fails; null for none that is made to.</summary>
    public long? FailAllocation { get; init; }

    /// <summary>Each CPU's TLB.</summary>
    public TlbSpec Tlb { get; init; } = TlbSpec.Presets[0].Value;

    /// <summary>What a CPU does about translations when it changes tasks; null for what the kernel does where it has the choice: identifiers if there are any, and lazily.</summary>
    public IContextSwitch? ContextSwitch { get; init; }

    /// <summary>Address spaces that each CPU's TLB keeps apart; 0 flushes at every change.</summary>
    public int Asids => ContextSwitch is { UsesAsids: false } ? 0 : Tlb.Asids;

    /// <summary>The swap device.</summary>
    public BlockDeviceSpec SwapDevice { get; init; } = BlockDeviceSpec.Presets[0].Value;

    /// <summary>The size of the swap area; 0 is none.</summary>
    public ByteSize SwapSize { get; init; } = new(64L << 30);

    /// <summary>Which pages come unasked.</summary>
    public PagingRules Paging { get; init; } = PagingRules.Linux;

    /// <summary>What is read ahead; null for Linux's windows of files, and nothing of swap.</summary>
    public PolicyChoice? Readahead { get; init; }

    /// <summary>The files, in the order in which steps number them.</summary>
    public IReadOnlyList<FileSpec> Files { get; init; } = [];

    /// <summary>Whether processes map memory that they share, whose pages are a file's that no disk holds.</summary>
    public bool HasSharedMemory { get; init; }

    /// <summary>The device that they lie on, which is not synchronous.</summary>
    public BlockDeviceSpec Disk { get; init; } = BlockDeviceSpec.Presets[0].Value;

    /// <summary>When what is stored to them is written back of its own accord.</summary>
    public WritebackSpec Writeback { get; init; } = WritebackSpec.Linux;

    /// <summary>What steps cost.</summary>
    public CostModel Costs { get; init; } = CostModel.Find(CostModel.Presets[0])!;

    /// <summary>The replacement policy of every domain.</summary>
    public required PolicyChoice Reclaim { get; init; }

    /// <summary>How address spaces are kept.</summary>
    public required AddressSpacePolicies AddressSpaces { get; init; }

    /// <summary>How much memory is promised to processes: vm.overcommit_memory.</summary>
    public OvercommitMode Overcommit { get; init; } = OvercommitMode.Heuristic;

    /// <summary>User frames that each process may hold, replaced among its own; null for one domain of all memory.</summary>
    public int? QuotaFrames { get; init; }

    /// <summary>Whether a page that has only been read is the shared zero page, which takes no frame.</summary>
    public bool HasZeroPage { get; init; }

    /// <summary>Who waits for whom inside one address space; null for nobody.</summary>
    public IMmLock? MmLock { get; init; }

    /// <summary>Kernel threads, beside what the model itself does in the kernel.</summary>
    public IReadOnlyList<KernelThreadSpec> KernelThreads { get; init; } = [];

    /// <summary>Which task runs next, and how long.</summary>
    public required PolicyChoice Scheduler { get; init; }

    /// <summary>Whether CPUs advance one access at a time instead of in windows of the smallest cross-CPU latency.</summary>
    public bool Lockstep { get; init; }

    /// <summary>The seed of the machine's own streams: policy, TLB, device.</summary>
    public ulong Seed { get; init; }

    /// <summary>The seed of the replacement policy in one domain of a machine with <paramref name="machineSeed"/>; domains are counted from 0.</summary>
    public static ulong ReclaimSeed(ulong machineSeed, int domain) => RandomStream.SeedOf(machineSeed, 0, $"reclaim/{domain}");

    /// <summary>The references to come, for a policy that needs them.</summary>
    public IReferenceFuture? Future { get; init; }

    /// <summary>Who follows what frames and swap slots hold; null for nobody. Changes no result.</summary>
    public IPageContents? Contents { get; init; }

    /// <summary>Simulated time between two checks of all invariants; null never checks. Changes no result.</summary>
    public SimTime? CheckEvery { get; init; }

    /// <summary>Whether each fault is recorded.</summary>
    public bool RecordFaults { get; init; }

    /// <summary>When memory is described in the forms of /proc, in ascending order: at the first event or stop at each time or later.</summary>
    public IReadOnlyList<SimTime> SnapshotsAt { get; init; } = [];

    /// <summary>When the measured part begins, if that is a time; process warm-ups are then ignored.</summary>
    public SimTime? WarmupTime { get; init; }
}
