using System.Collections.Generic;

using Column = Sim.Lab.Results.TableColumn<Sim.Lab.Results.RunPart<Sim.Lab.Results.HistogramRow>>;

namespace Sim.Lab.Results;

/// <summary>histograms.parquet: a row for every bucket that is not empty.</summary>
internal static class HistogramTable
{
    public const string FileName = "histograms.parquet";

    public const string Meaning = "Distributions. Only buckets that hold something have a row.";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        .. RunKey.Columns<HistogramRow>(),
        Column.Text("metric", "what is distributed: fault_latency, device_latency", part => part.Row.Metric),
        Column.Real("from_ns", "ns", "the bucket's least value", part => part.Row.FromNs),
        Column.Real("to_ns", "ns", "the bucket's end, which is not in it", part => part.Row.ToNs),
        Column.Long("count", "count", "values in the bucket", part => part.Row.Count),
    ];

    public static IReadOnlyList<OfRun<HistogramRow>> Read(TableFile file, RunKey key)
    {
        string[] metric = file.Texts("metric");
        double[] from = file.Reals("from_ns"), to = file.Reals("to_ns");
        long[] count = file.Longs("count");
        return key.Join(file, row => new HistogramRow(metric[row], from[row], to[row], count[row]));
    }
}
