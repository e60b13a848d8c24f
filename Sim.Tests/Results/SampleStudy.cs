using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sim.Lab.Experiments;
using Sim.Lab.Results;

namespace Sim.Tests.Results;

/// <summary>
/// A study in a folder of its own that looks like fault-rate-vs-memory: six policies, six sizes, five replications, numbers from a
/// formula with a little noise.
/// </summary>
internal sealed class SampleStudy : IDisposable
{
    public const string Name = "fault-rate-vs-memory";

    private const long References = 2_000_000;
    private const int Samples = 80;

    private static readonly string[] _policies = ["fifo", "clock", "lru", "arc", "s3-fifo", "linux-two-list"];
    private static readonly string[] _sizes = ["32MiB", "64MiB", "96MiB", "128MiB", "192MiB", "256MiB"];

    public SampleStudy(IReadOnlyList<RunRecord>? runs = null)
    {
        Root = Directory.CreateTempSubdirectory("study-").FullName;
        Folder = Path.Combine(Root, "results", Name);
        StudyTables.Write(Folder, Name, runs ?? Runs());
    }

    public static IReadOnlyList<FigureSpec> Figures { get; } =
    [
        new("machine.memory", "fault_rate", "policies.reclaim", null, null, null, null),
        new("machine.memory", "fault_latency_mean_ns", "policies.reclaim", null, null, null, "log10"),
        new("machine.memory", "cpu_utilisation", null, "policies.reclaim", "CPU utilisation, a panel a policy", null, null),
        new("policies.reclaim", "pgsteal_direct", "machine.memory", null, null, null, null),
    ];

    public string Root { get; }

    public string Folder { get; }

    public static IReadOnlyList<RunRecord> Runs(int replications = 5) =>
        [.. from policy in _policies from size in _sizes from replication in Enumerable.Range(0, replications) select Run(policy, size, replication)];

    public static RunRecord Run(string policy, string size, int replication)
    {
        int rank = Array.IndexOf(_policies, policy);
        var memory = ParameterValue.Of("machine.memory", size);
        double noise = Noise(rank, memory.Number, replication);
        double rate = 0.09 * (1 - (0.055 * rank)) * Math.Exp(-memory.Number / (90 << 20)) * (1 + (0.05 * noise));
        long faults = (long)(rate * References);
        string id = (((ulong)rank << 48) | ((ulong)memory.Number << 8) | (uint)replication).ToString("x16", CultureInfo.InvariantCulture);
        return new RunRecord
        {
            Id = id,
            Replication = replication,
            Seed = 42,
            Parameters = [ParameterValue.Of("machine.cpus", "1"), memory, ParameterValue.Of("policies.reclaim", policy)],
            Status = "ok",
            Digest = id,
            Metrics = [.. MetricCatalogue.All.Select(metric => Metric(metric, faults, noise))],
            Series = [.. Enumerable.Range(1, Samples).Select(sample => Sample(sample, rank, faults))],
            Processes = [new(1, "db", 0, 4e9, null, References, faults, faults / 2, faults, faults * 3, References * 10 / 9, faults * 2, 60 << 20, 1 << 20, 7)],
            Histograms = [new("fault_latency", 512, 1024, faults / 2), new("fault_latency", 65536, 131072, faults - (faults / 2))],
            FaultKinds = [new(6, "DemandZero", "Mapped", faults, 1e3 * faults, 1e3, 900, 2e3, 5e3), new(5, "NotMapped", "BadArea", 1, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)],
            Faults = [],
            Snapshots = [],
        };
    }

    public Study Open() => Study.Open(Folder);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static double Metric(MetricDefinition metric, long faults, double noise) => metric.Name switch
    {
        "fault_rate" => (double)faults / References,
        "major_fault_rate" => faults / 2 / (double)References,
        "miss_rate" => faults / (double)References,
        "tlb_miss_rate" => 0.031 + (0.0004 * noise),
        "cpu_utilisation" => 1 / (1 + (40.0 * faults / References)),
        "fault_latency_mean_ns" => 2_000 + (80_000 * faults / (faults + 20_000.0)) + (500 * noise),
        "throughput_per_s" => 1e7 / (1 + (40.0 * faults / References)),
        "references" => References,
        "pgfault" or "page_insertions" => faults,
        "pgmajfault" or "pgsteal_direct" or "pswpin" => faults / 2,
        "elapsed_ns" => 4e9,
        "measured_ns" => 3.6e9,
        _ when metric.IsWhole => 0,
        _ => double.NaN,
    };

    private static SeriesRow Sample(int sample, int rank, long faults)
    {
        double done = (double)sample / Samples;
        long wobble = (long)(faults * 0.002 * Noise(rank, sample, 7));
        return new(4e9 * done, (long)(References * done), (long)(faults * done) + wobble, 0, 0, 0, 0, 0, 3e9 * done, 100, 1000, 1, 12, 4096);
    }

    // In (-1, 1), from the bits of what it is asked for.
    private static double Noise(int rank, double memory, int replication)
    {
        ulong bits = ((ulong)rank * 0x9E3779B97F4A7C15) ^ ((ulong)memory * 0xBF58476D1CE4E5B9) ^ ((ulong)(replication + 1) * 0x94D049BB133111EB);
        bits = (bits ^ (bits >> 31)) * 0xD6E8FEB86659FD93;
        return ((bits >> 11) * (2.0 / (1UL << 53))) - 1;
    }
}
