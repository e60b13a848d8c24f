using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Physical.Vmalloc;
using Sim.Core.Reclaim;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;
using Sim.Policies.FrameAllocator;
using Sim.Policies.Quota;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds what one run is made of, and checks what its parts mean for each other.</summary>
internal static class StudyBinder
{
    private const long LongestFuture = 250_000_000;

    /// <summary>Binds a document whose swept values are filled in. The sections that concern the study as a whole are bound elsewhere.</summary>
    public static BoundRun Bind(MapNode root, BindScope scope)
    {
        scope = scope with { Files = FileScope.Bind(root.Find("files") is { } named ? new Setting(named.Value, "files", scope) : null) };
        Setting? Section(string key) => root.Find(key) is { } entry ? new Setting(entry.Value, key, scope) : null;

        IReadOnlyDictionary<string, BoundPolicy> policies = PolicyBinder.Bind(Section("policies"), scope);
        MachineSpec machine = MachineBinder.Bind(Section("machine"), policies["reclaim"].Choice, policies["scheduler"].Choice,
            new AddressSpacePolicies(policies["vma-merge"].Choice, policies["vma-index"].Choice, policies["placement"].Choice, policies["fork"].Choice));
        Create(policies["scheduler"], machine);
        var paging = (IPaging)Create(policies["paging"], machine);
        machine = machine with
        {
            HasZeroPage = paging.HasZeroPage,
            Paging = paging.Rules,
            Readahead = policies["readahead"].Choice,
            QuotaFrames = (Create(policies["quota"], machine) as FixedQuota)?.Frames,
            MemoryLayout = machine.MemoryLayout with { Allocator = (IFrameAllocatorDesign)Create(policies["frame-allocator"], machine) },
            Slab = (ISlabDesign)Create(policies["slab"], machine),
            Vmalloc = (IVmallocDesign)Create(policies["vmalloc"], machine),
            MmLock = (IMmLock)Create(policies["mm-lock"], machine),
            ContextSwitch = ContextSwitch(policies["context-switch"], machine),
            Files = scope.Files.All,
            RecordFaults = Section("record-faults")?.Flag() ?? false,
            SnapshotsAt = Snapshots(Section("snapshots")),
        };
        if (machine.Fragmentation is not null && policies["frame-allocator"] is { Setting: { } allocator } && machine.MemoryLayout.Allocator is not Buddy)
            throw allocator.Error("machine.fragmentation takes single frames out of blocks, which frame-allocator buddy alone can do");
        Setting workload = Section("workload") ?? throw root.Mark.Error("the study has no 'workload'; it is a list of processes with their programs");
        (IReadOnlyList<BoundProcess> processes, IReadOnlyList<KernelThreadSpec> kernelThreads) = WorkloadBinder.Bind(workload);
        bool readsSwap = ((IReadahead)Create(policies["readahead"], machine)).ReadsSwap;
        CheckReclaim(policies["reclaim"], machine, processes, readsSwap);
        Setting? warmupAt = Section("warmup");
        Warmup warmup = Warmup.Bind(warmupAt);
        if (warmupAt is not null) CheckWarmup(warmupAt, warmup, processes);
        return new BoundRun(machine with { WarmupTime = warmup.Time, KernelThreads = kernelThreads, HasSharedMemory = processes.Any(process => process.HasSharedMemory) }, policies, processes, warmup);
    }

    private static IReadOnlyList<SimTime> Snapshots(Setting? setting)
    {
        IReadOnlyList<Setting> items = setting?.Items() ?? [];
        SimTime[] times = [.. items.Select(item => item.Time(SimTime.Zero, SimTime.Never))];
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1]) throw items[i].Error($"{items[i].Text()} is not later than {items[i - 1].Text()}, which stands before it");
        }
        return times;
    }

    /// <summary>A policy can be made for this machine only if its options fit, which it alone knows.</summary>
    private static object Create(BoundPolicy policy, MachineSpec machine, IReferenceFuture? future = null)
    {
        int frames = (int)System.Math.Min(machine.Memory.Pages, int.MaxValue / 2);
        try
        {
            return policy.Choice.Create(new PolicyContext(frames, machine.QuotaFrames ?? frames, 0, future));
        }
        catch (PolicyOptionException e) when (policy.Setting is not null)
        {
            throw policy.Setting.Error(e.Message);
        }
    }

    /// <summary>Where nothing is said, a machine without identifiers does without them.</summary>
    private static IContextSwitch ContextSwitch(BoundPolicy policy, MachineSpec machine)
    {
        var contextSwitch = (IContextSwitch)Create(policy, machine);
        if (contextSwitch.UsesAsids && machine.Tlb.Asids == 0 && policy.Setting is { } named)
            throw named.Error($"'{policy.Choice.Entry.Name}' needs identifiers of address spaces, and this machine's TLB has none; set machine.tlb.asids, or write flush");
        return contextSwitch;
    }

    private static void CheckReclaim(BoundPolicy policy, MachineSpec machine, IReadOnlyList<BoundProcess> processes, bool readsSwap)
    {
        Create(policy, machine, NoFuture.Instance);
        if (!policy.Choice.Entry.NeedsFuture) return;
        int instances = processes.Sum(process => process.Count);
        string? reason = instances > 1 ? $"this study has {instances} processes"
            : processes[0].HasThreads ? $"process '{processes[0].Name}' starts threads"
            : processes[0].HasChildren ? $"process '{processes[0].Name}' starts children or another program"
            : processes[0].HasSharedMemory ? $"process '{processes[0].Name}' maps shared memory"
            : machine.Cpus > 1 ? $"this machine has {machine.Cpus} CPUs"
            : processes[0].MovesRegions ? $"process '{processes[0].Name}' moves pages with mremap"
            : processes[0].HasHugePages ? $"process '{processes[0].Name}' maps 2MiB pages"
            : machine.Files.Count > 0 ? "this study has files, whose pages also come by readahead and by calls"
            : readsSwap || machine.Paging.IsEager || machine.Paging.PagesAhead > 0 || machine.Paging.AnonymousPages > 1 ? "pages come before they are touched here"
            : machine.HasZeroPage ? "pages that are only read take no frame here (paging: demand(zero-page=true))"
            : processes[0].References > LongestFuture ? $"process '{processes[0].Name}' makes {processes[0].References} references"
            : null;
        if (reason is null) return;
        throw policy.Setting!.Error($"'{policy.Choice}' needs the future: one process without clone, fork and exec on one CPU, "
            + $"4KiB pages and at most 250M references; {reason}");
    }

    private static void CheckWarmup(Setting setting, Warmup warmup, IReadOnlyList<BoundProcess> processes)
    {
        if (warmup.Time is not null || (warmup.Share == 0 && warmup.References == 0 && !warmup.IsAuto)) return;
        foreach (BoundProcess process in processes)
        {
            if (process.OwnReferences == 0)
                throw setting.Error($"process '{process.Name}' makes no references that a warm-up of {setting.Text()} could be counted in; a time would do: 10ms");
            if (warmup.References >= process.OwnReferences)
                throw setting.Error($"process '{process.Name}' makes {process.OwnReferences} references, so that a warm-up of {setting.Text()} leaves nothing to measure");
        }
    }

    /// <summary>Stands for the references to come while a policy is only tried.</summary>
    private sealed class NoFuture : IReferenceFuture
    {
        public static NoFuture Instance { get; } = new();

        public long Length => 0;

        public long NextUse(long position) => long.MaxValue;
    }
}

/// <summary>A document with one value for everything, bound.</summary>
internal sealed record BoundRun(
    MachineSpec Machine, IReadOnlyDictionary<string, BoundPolicy> Policies, IReadOnlyList<BoundProcess> Processes, Warmup Warmup);
