using System.Collections.Generic;

using Column = Sim.Lab.Results.TableColumn<Sim.Lab.Results.RunPart<Sim.Lab.Results.SeriesRow>>;

namespace Sim.Lab.Results;

/// <summary>series.parquet: a row for every sample of every run.</summary>
internal static class SeriesTable
{
    public const string FileName = "series.parquet";

    public const string Meaning = "The machine over simulated time. Counters and times are since the start of the run, warm-up included; take differences.";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        .. RunKey.Columns<SeriesRow>(),
        Column.Real("time_ns", "ns", "simulated time of the sample", part => part.Row.TimeNs),
        Column.Long("references", "count", "user memory references", part => part.Row.References),
        Column.Long("pgfault", "count", "page faults, minor and major", part => part.Row.Pgfault),
        Column.Long("pgmajfault", "count", "page faults that read their page from a device", part => part.Row.Pgmajfault),
        Column.Long("page_insertions", "count", "pages brought into user frames", part => part.Row.PageInsertions),
        Column.Long("tlb_misses", "count", "references that missed every TLB level", part => part.Row.TlbMisses),
        Column.Long("pswpin", "count", "pages read from the swap device", part => part.Row.Pswpin),
        Column.Long("pswpout", "count", "pages written to the swap device", part => part.Row.Pswpout),
        Column.Real("cpu_busy_ns", "ns", "CPU time that is not idle, summed over CPUs", part => part.Row.CpuBusyNs),
        Column.Long("free_frames", "frames", "frames that nobody owns, now", part => part.Row.FreeFrames),
        Column.Long("resident_pages", "pages", "pages that are present in the processes' tables, now", part => part.Row.ResidentPages),
        Column.Int("runnable", "tasks", "tasks that run or wait for a CPU, now", part => part.Row.Runnable),
        Column.Int("vmas", "count", "mappings of all processes, now", part => part.Row.Vmas),
        Column.Long("vma_bytes", "bytes", "memory of mappings' kernel objects, anon_vmas and the index's nodes among them, now", part => part.Row.VmaBytes),
    ];

    public static IReadOnlyList<OfRun<SeriesRow>> Read(TableFile file, RunKey key)
    {
        double[] time = file.Reals("time_ns"), busy = file.Reals("cpu_busy_ns");
        long[] references = file.Longs("references"), faults = file.Longs("pgfault"), major = file.Longs("pgmajfault");
        long[] insertions = file.Longs("page_insertions"), misses = file.Longs("tlb_misses");
        long[] reads = file.Longs("pswpin"), writes = file.Longs("pswpout");
        long[] free = file.Longs("free_frames"), resident = file.Longs("resident_pages");
        int[] runnable = file.Ints("runnable"), vmas = file.Ints("vmas");
        long[] vmaBytes = file.Longs("vma_bytes");
        return key.Join(file, row => new SeriesRow(time[row], references[row], faults[row], major[row], insertions[row], misses[row], reads[row],
            writes[row], busy[row], free[row], resident[row], runnable[row], vmas[row], vmaBytes[row]));
    }
}
