using System.Collections.Generic;

namespace Sim.Lab.Results;

/// <summary>A finished run, flat: all that the tables, figures and reports of a study are made of.</summary>
public sealed record RunRecord
{
    /// <summary>The run's identity: 16 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The replication, from 0.</summary>
    public required int Replication { get; init; }

    /// <summary>The study's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The parameters that the study sets, in the study's order.</summary>
    public required IReadOnlyList<ParameterValue> Parameters { get; init; }

    /// <summary>"ok", or what is to be said of the run: a process was killed, the warm-up was never over.</summary>
    public required string Status { get; init; }

    /// <summary>The digest of the run's events: 16 hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>The summary metrics, in the order of <see cref="MetricCatalogue"/>; NaN where one is not defined.</summary>
    public required IReadOnlyList<double> Metrics { get; init; }

    /// <summary>Rows of series.parquet.</summary>
    public required IReadOnlyList<SeriesRow> Series { get; init; }

    /// <summary>Rows of processes.parquet.</summary>
    public required IReadOnlyList<ProcessRow> Processes { get; init; }

    /// <summary>Rows of histograms.parquet.</summary>
    public required IReadOnlyList<HistogramRow> Histograms { get; init; }

    /// <summary>Rows of fault-kinds.parquet.</summary>
    public required IReadOnlyList<FaultKindRow> FaultKinds { get; init; }

    /// <summary>Rows of faults.parquet; empty unless the study asks for them.</summary>
    public required IReadOnlyList<FaultRow> Faults { get; init; }

    /// <summary>Rows of snapshots.parquet; empty unless the study asks for them.</summary>
    public required IReadOnlyList<SnapshotRow> Snapshots { get; init; }
}

/// <summary>The machine at one point of simulated time; counters and times are since the start of the run.</summary>
public sealed record SeriesRow(double TimeNs, long References, long Pgfault, long Pgmajfault, long PageInsertions, long TlbMisses, long Pswpin, long Pswpout,
    double CpuBusyNs, long FreeFrames, long ResidentPages, int Runnable, int Vmas, long VmaBytes);

/// <summary>One process of a run; counts are over its measured part.</summary>
public sealed record ProcessRow(int Process, string Name, double StartedNs, double EndedNs, string? KilledBy, long References, long Pgfault, long Pgmajfault,
    long PageInsertions, long TlbMisses, long TotalReferences, long TotalPgfault, long PeakResidentBytes, long PeakTableBytes, int MappingsAtExit);

/// <summary>One bucket of a histogram: values from <paramref name="FromNs"/> up to, not including, <paramref name="ToNs"/>.</summary>
public sealed record HistogramRow(string Metric, double FromNs, double ToNs, long Count);

/// <summary>One page fault.</summary>
public sealed record FaultRow(double TimeNs, int Cpu, int Process, long Address, int ErrorCode, string Cause, string Outcome, double LatencyNs);

/// <summary>What one file of /proc would hold.</summary>
public sealed record SnapshotRow(double TimeNs, string File, string Text);

/// <summary>The faults of one kind over a run's measured part; latencies are NaN where no access went on.</summary>
public sealed record FaultKindRow(int ErrorCode, string Cause, string Outcome, long Count, double TotalNs, double MeanNs, double P50Ns, double P99Ns, double MaxNs);
