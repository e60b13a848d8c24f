using System;
using System.Collections.Generic;
using System.IO;

namespace Sim.Lab.Results;

/// <summary>The fields of a run record in the order of their declaration; a list is its length and its items.</summary>
internal static class RunRecordBody
{
    public static void Write(BinaryWriter to, RunRecord run)
    {
        to.Write(run.Id);
        to.Write(run.Replication);
        to.Write(run.Seed);
        WriteAll(to, run.Parameters, WriteParameter);
        to.Write(run.Status);
        to.Write(run.Digest);
        WriteAll(to, run.Metrics, (to, metric) => to.Write(metric));
        WriteAll(to, run.Series, WriteSeries);
        WriteAll(to, run.Processes, WriteProcess);
        WriteAll(to, run.Histograms, WriteBucket);
        WriteAll(to, run.FaultKinds, WriteFaultKind);
        WriteAll(to, run.Faults, WriteFault);
        WriteAll(to, run.Snapshots, WriteSnapshot);
    }

    public static RunRecord Read(BinaryReader from) => new()
    {
        Id = from.ReadString(),
        Replication = from.ReadInt32(),
        Seed = from.ReadInt64(),
        Parameters = ReadAll(from, ReadParameter),
        Status = from.ReadString(),
        Digest = from.ReadString(),
        Metrics = ReadAll(from, from => from.ReadDouble()),
        Series = ReadAll(from, ReadSeries),
        Processes = ReadAll(from, ReadProcess),
        Histograms = ReadAll(from, ReadBucket),
        FaultKinds = ReadAll(from, ReadFaultKind),
        Faults = ReadAll(from, ReadFault),
        Snapshots = ReadAll(from, ReadSnapshot),
    };

    private static void WriteParameter(BinaryWriter to, ParameterValue value)
    {
        to.Write(value.Name);
        to.Write((int)value.Kind);
        to.Write(value.Number);
        to.Write(value.Text);
    }

    private static ParameterValue ReadParameter(BinaryReader from) =>
        new(from.ReadString(), (ParameterKind)from.ReadInt32(), from.ReadDouble(), from.ReadString());

    private static void WriteSeries(BinaryWriter to, SeriesRow row)
    {
        to.Write(row.TimeNs);
        foreach (long count in (ReadOnlySpan<long>)[row.References, row.Pgfault, row.Pgmajfault, row.PageInsertions, row.TlbMisses, row.Pswpin, row.Pswpout])
            to.Write(count);
        to.Write(row.CpuBusyNs);
        to.Write(row.FreeFrames);
        to.Write(row.ResidentPages);
        to.Write(row.Runnable);
        to.Write(row.Vmas);
        to.Write(row.VmaBytes);
    }

    private static SeriesRow ReadSeries(BinaryReader from) => new(from.ReadDouble(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(),
        from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadDouble(), from.ReadInt64(), from.ReadInt64(), from.ReadInt32(),
        from.ReadInt32(), from.ReadInt64());

    private static void WriteProcess(BinaryWriter to, ProcessRow row)
    {
        to.Write(row.Process);
        to.Write(row.Name);
        to.Write(row.StartedNs);
        to.Write(row.EndedNs);
        to.Write(row.KilledBy is not null);
        to.Write(row.KilledBy ?? "");
        foreach (long count in (ReadOnlySpan<long>)[row.References, row.Pgfault, row.Pgmajfault, row.PageInsertions, row.TlbMisses, row.TotalReferences,
            row.TotalPgfault, row.PeakResidentBytes, row.PeakTableBytes])
            to.Write(count);
        to.Write(row.MappingsAtExit);
    }

    private static ProcessRow ReadProcess(BinaryReader from) => new(from.ReadInt32(), from.ReadString(), from.ReadDouble(), from.ReadDouble(),
        ReadOptional(from), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64(),
        from.ReadInt64(), from.ReadInt64(), from.ReadInt32());

    private static string? ReadOptional(BinaryReader from)
    {
        bool isGiven = from.ReadBoolean();
        string text = from.ReadString();
        return isGiven ? text : null;
    }

    private static void WriteBucket(BinaryWriter to, HistogramRow row)
    {
        to.Write(row.Metric);
        to.Write(row.FromNs);
        to.Write(row.ToNs);
        to.Write(row.Count);
    }

    private static HistogramRow ReadBucket(BinaryReader from) => new(from.ReadString(), from.ReadDouble(), from.ReadDouble(), from.ReadInt64());

    private static void WriteFault(BinaryWriter to, FaultRow row)
    {
        to.Write(row.TimeNs);
        to.Write(row.Cpu);
        to.Write(row.Process);
        to.Write(row.Address);
        to.Write(row.ErrorCode);
        to.Write(row.Cause);
        to.Write(row.Outcome);
        to.Write(row.LatencyNs);
    }

    private static FaultRow ReadFault(BinaryReader from) => new(from.ReadDouble(), from.ReadInt32(), from.ReadInt32(), from.ReadInt64(),
        from.ReadInt32(), from.ReadString(), from.ReadString(), from.ReadDouble());

    private static void WriteFaultKind(BinaryWriter to, FaultKindRow row)
    {
        to.Write(row.ErrorCode);
        to.Write(row.Cause);
        to.Write(row.Outcome);
        to.Write(row.Count);
        foreach (double time in (ReadOnlySpan<double>)[row.TotalNs, row.MeanNs, row.P50Ns, row.P99Ns, row.MaxNs]) to.Write(time);
    }

    private static FaultKindRow ReadFaultKind(BinaryReader from) => new(from.ReadInt32(), from.ReadString(), from.ReadString(), from.ReadInt64(),
        from.ReadDouble(), from.ReadDouble(), from.ReadDouble(), from.ReadDouble(), from.ReadDouble());

    private static void WriteSnapshot(BinaryWriter to, SnapshotRow row)
    {
        to.Write(row.TimeNs);
        to.Write(row.File);
        to.Write(row.Text);
    }

    private static SnapshotRow ReadSnapshot(BinaryReader from) => new(from.ReadDouble(), from.ReadString(), from.ReadString());

    private static void WriteAll<TItem>(BinaryWriter to, IReadOnlyList<TItem> items, Action<BinaryWriter, TItem> write)
    {
        to.Write(items.Count);
        foreach (TItem item in items) write(to, item);
    }

    private static TItem[] ReadAll<TItem>(BinaryReader from, Func<BinaryReader, TItem> read)
    {
        int count = from.ReadInt32();
        if (count < 0) throw new InvalidDataException($"damaged: a list of {count} items");
        var items = new TItem[count];
        for (int i = 0; i < count; i++) items[i] = read(from);
        return items;
    }
}
