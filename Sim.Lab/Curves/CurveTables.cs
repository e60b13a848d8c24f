using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Lab.Execution;
using Sim.Lab.Results;
using Sim.Parquet;

namespace Sim.Lab.Curves;

/// <summary>Writes a trace's curves as Parquet tables and a figure. Each file appears whole or not at all.</summary>
public static class CurveTables
{
    private static readonly TableColumn<MissRatioPoint>[] Lru =
    [
        TableColumn<MissRatioPoint>.Long("frames", "frames", "frames of LRU", point => point.Frames),
        TableColumn<MissRatioPoint>.Real("misses", "count", "misses over the trace; an estimate where the trace was sampled", point => point.Misses),
        TableColumn<MissRatioPoint>.Real("miss_ratio", "ratio", "misses per reference", point => point.MissRatio),
        TableColumn<MissRatioPoint>.Real("miss_ratio_low", "ratio", "lower end of the band of error; the ratio itself where it is exact", point => point.Low),
        TableColumn<MissRatioPoint>.Real("miss_ratio_high", "ratio", "upper end of the band of error", point => point.High),
        TableColumn<MissRatioPoint>.Real("lifetime_refs", "references", "references from one fault to the next", point => point.Lifetime),
    ];

    private static readonly TableColumn<WorkingSetPoint>[] WorkingSets =
    [
        TableColumn<WorkingSetPoint>.Long("window_refs", "references", "tau", point => point.Window),
        TableColumn<WorkingSetPoint>.Real("mean_size_pages", "pages", "s(tau), mean pages of the working set", point => point.MeanSize),
        TableColumn<WorkingSetPoint>.Real("miss_ratio", "ratio", "m(tau), references whose page is not in the working set", point => point.MissRatio),
        TableColumn<WorkingSetPoint>.Real("lifetime_refs", "references", "references from one fault to the next", point => point.Lifetime),
    ];

    private static readonly TableColumn<FootprintPoint>[] Footprint =
    [
        TableColumn<FootprintPoint>.Long("references", "references", "n, from the trace's beginning", point => point.References),
        TableColumn<FootprintPoint>.Long("pages", "pages", "u(n), different pages among the first n references", point => point.Pages),
    ];

    private static readonly TableColumn<ReplayRow>[] Policies =
    [
        TableColumn<ReplayRow>.Text("policy", "the policy as it was given", row => row.Policy),
        TableColumn<ReplayRow>.Long("frames", "frames", "frames", row => row.Frames),
        TableColumn<ReplayRow>.Long("misses", "count", "misses over the trace", row => row.Misses),
        TableColumn<ReplayRow>.Real("miss_ratio", "ratio", "misses per reference", row => row.MissRatio),
    ];

    /// <summary>Writes mrc.parquet and mrc.svg; of an exact curve also working-set.parquet and footprint.parquet; of other policies policies.parquet.</summary>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public static void Write(string folder, string trace, TraceCurves curves, IReadOnlyList<ReplayRow> policies)
    {
        Write(folder, "mrc.parquet", trace, Lru, curves.Lru);
        if (curves.Sample is null)
        {
            Write(folder, "working-set.parquet", trace, WorkingSets, curves.WorkingSets);
            Write(folder, "footprint.parquet", trace, Footprint, curves.Footprint);
        }
        if (policies.Count > 0) Write(folder, "policies.parquet", trace, Policies, policies);
        AtomicFile.Write(Path.Combine(folder, "mrc.svg"), CurveFigure.Of(trace, curves, policies).ToSvg());
    }

    private static void Write<TRow>(string folder, string name, string trace, TableColumn<TRow>[] columns, IReadOnlyList<TRow> rows) =>
        AtomicFile.Write(Path.Combine(folder, name), stream =>
        {
            var writer = new ParquetWriter(stream, new ParquetSchema([.. columns.Select(column => column.Column)]));
            writer.Metadata["trace"] = trace;
            var open = columns.Select((column, index) => column.Open(writer, index)).ToArray();
            foreach (TRow row in rows)
            {
                foreach (var append in open) append(row);
                writer.EndRow();
            }
            writer.Complete();
        });
}
