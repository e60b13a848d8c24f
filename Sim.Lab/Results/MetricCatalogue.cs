using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Lab.Results;

/// <summary>
/// Every summary metric, in column order. All are over the measured part, after each process's warm-up, but where the meaning says otherwise.
/// </summary>
public static class MetricCatalogue
{
    private static readonly Counter[] Refusals =
    [
        Counter.MergeRefusedProtection, Counter.MergeRefusedFlags, Counter.MergeRefusedFile, Counter.MergeRefusedOffset, Counter.MergeRefusedAnonVma,
        Counter.MergeRefusedPolicy,
    ];

    private static readonly MetricDefinition[] Definitions = [.. Headline(), .. Counts(), .. Mappings(), .. Times(), .. Latencies(), .. WholeRun()];

    /// <summary>The metrics.</summary>
    public static IReadOnlyList<MetricDefinition> All => Definitions;

    /// <summary>The metric of a name, or null.</summary>
    public static MetricDefinition? Find(string name) => Array.Find(Definitions, metric => metric.Name == name);

    private static IEnumerable<MetricDefinition> Headline() =>
    [
        Fraction("fault_rate", "page faults per user reference", run => run.PerReference(Counter.Pgfault)),
        Fraction("major_fault_rate", "page faults that read from a device, per user reference", run => run.PerReference(Counter.Pgmajfault)),
        Fraction("miss_rate", "page insertions per user reference: what replay counts as misses", run => run.PerReference(Counter.PageInsertions)),
        Fraction("tlb_miss_rate", "references that walked the page table, per user reference", run => run.PerReference(Counter.TlbMisses)),
        Fraction("tlb_l1_miss_rate", "references that missed the first TLB level, per user reference",
            run => run.PerReference(Counter.TlbFirstLevelMisses)),
        Fraction("cpu_utilisation", "CPU time that is not idle, of all CPU time", run => Share(run.AllTime - run.Time(TimeCategory.Idle), run.AllTime)),
        Fraction("user_utilisation", "CPU time in the programs' own code, of all CPU time", run => Share(run.Time(TimeCategory.User), run.AllTime)),
        new("throughput_per_s", "per_s", false, "user references per second of simulated time",
            run => run.MeasuredTime == SimTime.Zero ? double.NaN : run.Counters[Counter.References] / run.MeasuredTime.Seconds),
        new("time_per_reference_ns", "ns", false, "CPU time that is not idle, per user reference", run => run.Counters[Counter.References] == 0
            ? double.NaN
            : (run.AllTime - run.Time(TimeCategory.Idle)).Nanoseconds / run.Counters[Counter.References]),
    ];

    private static IEnumerable<MetricDefinition> Counts() => CounterNames.All.Select(row =>
        new MetricDefinition(row.Name, "count", true, row.Meaning, run => run.Counters[row.Counter]));

    private static IEnumerable<MetricDefinition> Mappings() =>
    [
        new("vmas_mean", "count", false, "mappings of all processes: mean over the samples of the measured part that saw any",
            run => MappedSamples(run).Select(sample => (double)sample.Mappings).DefaultIfEmpty(double.NaN).Average()),
        new("vmas_peak", "count", true, "sum of the most mappings that each process ever had", run => run.Result.Processes.Sum(process => process.PeakMappings)),
        new("vma_bytes_mean", "bytes", false, "memory of mappings' kernel objects, anon_vmas and the index's nodes among them: mean over the samples of the measured part",
            run => MappedSamples(run).Select(sample => (double)sample.MappingBytes).DefaultIfEmpty(double.NaN).Average()),
        Time("vma_lookup_mean_ns", "mean time in which a fault finds its mapping", run => run.VmaLookupMean),
        new("vma_lookup_visits_mean", "count", false, "nodes of the index that a fault reads to find its mapping",
            run => Mean(run.Counters[Counter.VmaLookupVisits], run.Counters[Counter.VmaLookups])),
        new("vma_lookup_comparisons_mean", "count", false, "addresses that a fault compares to find its mapping",
            run => Mean(run.Counters[Counter.VmaLookupComparisons], run.Counters[Counter.VmaLookups])),
        new("merge_refused", "count", true, "neighbours that a range touched and did not merge with, for whatever reason", run => Refusals.Sum(counter => run.Counters[counter])),
        new("fork_mean_ns", "ns", false, "CPU time booked to fork, per child", run => Mean(run.Time(TimeCategory.Fork).Nanoseconds, run.Counters[Counter.Forks])),
        new("system_call_mean_ns", "ns", false, "CPU time booked to system calls, per call; fork is booked apart",
            run => Mean(run.Time(TimeCategory.SystemCall).Nanoseconds, run.Counters[Counter.SystemCalls])),
    ];

    private static IEnumerable<MetricDefinition> Times() => Enum.GetValues<TimeCategory>().Select(category =>
        Time($"cpu_{Snake(category.ToString())}_ns", $"CPU time booked to {Snake(category.ToString()).Replace('_', ' ')}, summed over CPUs", run => run.Time(category)));

    private static IEnumerable<MetricDefinition> Latencies() =>
    [
        Time("fault_latency_mean_ns", "mean time from a fault to when its task can go on", run => run.Result.FaultLatency.Mean),
        Time("fault_latency_p50_ns", "median of the same", run => run.Result.FaultLatency.Percentile(0.50)),
        Time("fault_latency_p95_ns", "95th percentile of the same", run => run.Result.FaultLatency.Percentile(0.95)),
        Time("fault_latency_p99_ns", "99th percentile of the same", run => run.Result.FaultLatency.Percentile(0.99)),
        Time("fault_latency_max_ns", "the longest", run => run.Result.FaultLatency.Maximum),
        Time("mm_lock_wait_ns", "time that tasks waited for the lock of their address space, summed over tasks", run => run.Result.MmLockWait.Total),
        Time("mm_lock_wait_mean_ns", "mean time of those that had to wait", run => run.Result.MmLockWait.Mean),
        Time("dirty_wait_ns", "time that tasks were held back because too many pages of files were dirty, summed over tasks", run => run.Result.DirtyWait.Total),
        Time("dirty_wait_mean_ns", "mean time of those that were held back", run => run.Result.DirtyWait.Mean),
    ];

    private static IEnumerable<MetricDefinition> WholeRun() =>
    [
        Time("measured_ns", "simulated time of the measured part", run => run.MeasuredTime),
        Time("elapsed_ns", "simulated time of the whole run", run => run.Result.Elapsed),
        Time("device_latency_mean_ns", "mean time of a swap request from submission to completion, over the whole run", run => run.Result.DeviceLatency.Mean),
        Fraction("device_utilisation", "busy share of the swap device's channels, over the whole run",
            run => Share(run.Result.DeviceBusy, run.Result.Elapsed * run.DeviceChannels)),
        Time("disk_latency_mean_ns", "mean time of a request to the device of the files from submission to completion, over the whole run", run => run.Result.DiskLatency.Mean),
        Fraction("disk_utilisation", "busy share of that device's channels, over the whole run", run => Share(run.Result.DiskBusy, run.Result.Elapsed * run.DiskChannels)),
        new("peak_kernel_bytes", "bytes", true, "most memory that kernel objects took, page tables among them", run => run.Result.PeakKernelBytes.Bytes),
        .. Enum.GetValues<KernelObject>().Select(kind => new MetricDefinition($"kernel_bytes_{Snake(kind.ToString())}", "bytes", true,
            $"most memory that kernel objects of kind {Snake(kind.ToString()).Replace('_', ' ')} took", run => run.Result.PeakBytesOfKind[(int)kind].Bytes)),
        new("kernel_step_asked_bytes", "bytes", true, "most bytes that kernel steps of programs held at once", run => run.Result.PeakStepBytes.Bytes),
        new("kernel_step_taken_bytes", "bytes", true, "memory that those took: slabs of kmalloc, frames, areas", run => run.Result.PeakStepTakenBytes.Bytes),
        new("vmalloc_purges", "count", true, "shootdowns that gave freed vmalloc areas back, over the whole run", run => run.Result.VmallocPurges),
        new("vmalloc_table_bytes", "bytes", true, "page tables of the vmalloc range at the end of the run", run => run.Result.VmallocTableBytes.Bytes),
        Fraction("unusable_free_index", "share of free memory in blocks too small for 2 MiB: mean over the samples of the measured part",
            run => run.MeasuredSamples.Select(sample => sample.UnusableFreeShare).DefaultIfEmpty(double.NaN).Average()),
        new("memory_used_peak_bytes", "bytes", true, "most memory in use, the kernel's own and shared pages once, at a sample of the measured part",
            run => run.MeasuredSamples.Select(sample => (double)(run.Memory.Bytes - ByteSize.OfPages(sample.FreeFrames).Bytes)).DefaultIfEmpty(double.NaN).Max()),
        new("peak_resident_bytes", "bytes", true, "sum of the processes' largest resident sets",
            run => ByteSize.OfPages(run.Result.Processes.Sum(process => process.PeakResidentPages)).Bytes),
        new("processes_killed", "count", true, "processes that did not end by themselves, nor by a kill step", run => run.Result.Processes.Count(process => process is { KilledBy: not null, IsKilledOnPurpose: false })),
    ];

    private static MetricDefinition Fraction(string name, string meaning, Func<RunTotals, double> value) => new(name, "fraction", false, meaning, value);

    private static MetricDefinition Time(string name, string meaning, Func<RunTotals, SimTime> value) =>
        new(name, "ns", false, meaning, run => value(run).Nanoseconds);

    private static IEnumerable<Sample> MappedSamples(RunTotals run) => run.MeasuredSamples.Where(sample => sample.Mappings > 0);

    private static double Mean(double sum, long count) => count == 0 ? double.NaN : sum / count;

    private static double Share(SimTime part, SimTime whole) => whole == SimTime.Zero ? double.NaN : (double)part.Picoseconds / whole.Picoseconds;

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, index) => char.IsUpper(letter) && index > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
