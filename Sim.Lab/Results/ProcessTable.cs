using System.Collections.Generic;

using Column = Sim.Lab.Results.TableColumn<Sim.Lab.Results.RunPart<Sim.Lab.Results.ProcessRow>>;

namespace Sim.Lab.Results;

/// <summary>processes.parquet: a row for every process of every run.</summary>
internal static class ProcessTable
{
    public const string FileName = "processes.parquet";

    public const string Meaning = "The processes of each run. Counts are over the measured part, after the process's own warm-up, unless the column says total.";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        .. RunKey.Columns<ProcessRow>(),
        Column.Int("process", Column.NoUnit, "the process's number within its run", part => part.Row.Process),
        Column.Text("name", "its name in the study", part => part.Row.Name),
        Column.Real("started_ns", "ns", "simulated time of its start", part => part.Row.StartedNs),
        Column.OptionalReal("ended_ns", "ns", "simulated time of its end; null if it was still running", part => part.Row.EndedNs),
        Column.OptionalText("killed_by", "what killed it; null if it ended by itself", part => part.Row.KilledBy),
        Column.Long("references", "count", "user memory references", part => part.Row.References),
        Column.Long("pgfault", "count", "page faults, minor and major", part => part.Row.Pgfault),
        Column.Long("pgmajfault", "count", "page faults that read their page from a device", part => part.Row.Pgmajfault),
        Column.Long("page_insertions", "count", "pages brought into user frames", part => part.Row.PageInsertions),
        Column.Long("tlb_misses", "count", "references that missed every TLB level", part => part.Row.TlbMisses),
        Column.Long("total_references", "count", "user memory references, warm-up included", part => part.Row.TotalReferences),
        Column.Long("total_pgfault", "count", "page faults, warm-up included", part => part.Row.TotalPgfault),
        Column.Long("peak_resident_bytes", "bytes", "its largest resident set", part => part.Row.PeakResidentBytes),
        Column.Long("peak_table_bytes", "bytes", "the most memory that its page tables took", part => part.Row.PeakTableBytes),
        Column.Int("mappings_at_exit", "count", "mappings (VMAs) when it ended", part => part.Row.MappingsAtExit),
    ];

    public static IReadOnlyList<OfRun<ProcessRow>> Read(TableFile file, RunKey key)
    {
        int[] process = file.Ints("process"), mappings = file.Ints("mappings_at_exit");
        string[] name = file.Texts("name"), killedBy = file.Texts("killed_by");
        double[] started = file.Reals("started_ns"), ended = file.Reals("ended_ns");
        long[] references = file.Longs("references"), faults = file.Longs("pgfault"), major = file.Longs("pgmajfault");
        long[] insertions = file.Longs("page_insertions"), misses = file.Longs("tlb_misses");
        long[] totalReferences = file.Longs("total_references"), totalFaults = file.Longs("total_pgfault");
        long[] resident = file.Longs("peak_resident_bytes"), tables = file.Longs("peak_table_bytes");
        return key.Join(file, row => new ProcessRow(process[row], name[row], started[row], ended[row], killedBy[row], references[row], faults[row],
            major[row], insertions[row], misses[row], totalReferences[row], totalFaults[row], resident[row], tables[row], mappings[row]));
    }
}
