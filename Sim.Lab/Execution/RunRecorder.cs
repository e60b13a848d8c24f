using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;
using Sim.Lab.Results;

namespace Sim.Lab.Execution;

/// <summary>Turns what a machine leaves behind into the rows that a study keeps.</summary>
public static class RunRecorder
{
    /// <summary>The record of a run.</summary>
    /// <param name="id">The run's identity.</param>
    /// <param name="replication">From 0.</param>
    /// <param name="seed">The study's seed.</param>
    /// <param name="parameters">The parameters that the study sets.</param>
    /// <param name="machine">The machine that ran.</param>
    /// <param name="result">What it left behind.</param>
    public static RunRecord Record(string id, int replication, long seed, IReadOnlyList<ParameterValue> parameters, MachineSpec machine, RunResult result)
    {
        var totals = new RunTotals(result, machine);
        return new RunRecord
        {
            Id = id,
            Replication = replication,
            Seed = seed,
            Parameters = parameters,
            Status = StatusOf(result),
            Digest = result.Digest.ToString("x16"),
            Metrics = MetricCatalogue.All.Select(metric => metric.Value(totals)).ToArray(),
            Series = result.Samples.Select(SeriesRowOf).ToArray(),
            Processes = result.Processes.Select(ProcessRowOf).ToArray(),
            Histograms = [.. HistogramRows("fault_latency", result.FaultLatency), .. HistogramRows("device_latency", result.DeviceLatency),
                .. HistogramRows("mm_lock_wait", result.MmLockWait), .. HistogramRows("dirty_wait", result.DirtyWait)],
            FaultKinds = result.FaultsByKind.Kinds().Select(kind => FaultKindRowOf(result.FaultsByKind, kind.Count, new FaultKind(kind.Code, kind.Cause, kind.Outcome))).ToArray(),
            Faults = result.Faults.Select(FaultRowOf).ToArray(),
            Snapshots = [.. from snapshot in result.Snapshots from file in snapshot.Files select new SnapshotRow(snapshot.Time.Nanoseconds, file.File, file.Text)],
        };
    }

    private static string StatusOf(RunResult result)
    {
        if (result.Processes.FirstOrDefault(process => process is { KilledBy: not null, IsKilledOnPurpose: false }) is { } killed)
            return $"{killed.Name} did not finish: {killed.KilledBy}";
        return result.MeasuredFrom == SimTime.Never ? "the run ended before its warm-up" : "ok";
    }

    private static SeriesRow SeriesRowOf(Sample sample) => new(sample.Time.Nanoseconds, sample.Counters[Counter.References],
        sample.Counters[Counter.Pgfault], sample.Counters[Counter.Pgmajfault], sample.Counters[Counter.PageInsertions],
        sample.Counters[Counter.TlbMisses], sample.Counters[Counter.Pswpin], sample.Counters[Counter.Pswpout],
        sample.Busy.Nanoseconds, sample.FreeFrames, sample.ResidentPages, sample.Runnable, sample.Mappings, sample.MappingBytes);

    private static ProcessRow ProcessRowOf(Process process)
    {
        CounterSet measured = process.Measured;
        return new ProcessRow(process.Id, process.Name, Nanoseconds(process.Started), Nanoseconds(process.Ended), process.KilledBy,
            measured[Counter.References], measured[Counter.Pgfault], measured[Counter.Pgmajfault], measured[Counter.PageInsertions],
            measured[Counter.TlbMisses], process.Counters[Counter.References], process.Counters[Counter.Pgfault],
            ByteSize.OfPages(process.PeakResidentPages).Bytes, ByteSize.OfPages(process.PeakTablePages).Bytes, process.MappingsAtExit);
    }

    private static IEnumerable<HistogramRow> HistogramRows(string metric, LatencyHistogram histogram) =>
        histogram.Buckets().Select(bucket => new HistogramRow(metric, bucket.From.Nanoseconds, bucket.To.Nanoseconds, bucket.Count));

    private static FaultRow FaultRowOf(FaultRecord fault) => new(fault.Time.Nanoseconds, fault.Cpu, fault.Process, (long)fault.Address.Value,
        (int)fault.Kind.Code, fault.Kind.Cause.ToString(), fault.Kind.Outcome.ToString(), fault.Latency.Nanoseconds);

    private static FaultKindRow FaultKindRowOf(FaultTally tally, long count, FaultKind kind)
    {
        LatencyHistogram latency = tally.LatencyOf(kind);
        double Of(SimTime time) => latency.Count == 0 ? double.NaN : time.Nanoseconds;
        return new FaultKindRow((int)kind.Code, kind.Cause.ToString(), kind.Outcome.ToString(), count, Of(latency.Total), Of(latency.Mean), Of(latency.Percentile(0.50)),
            Of(latency.Percentile(0.99)), Of(latency.Maximum));
    }

    private static double Nanoseconds(SimTime time) => time == SimTime.Never ? double.NaN : time.Nanoseconds;
}
