using System.Collections.Generic;

using Column = Sim.Lab.Results.TableColumn<Sim.Lab.Results.RunPart<Sim.Lab.Results.FaultKindRow>>;

namespace Sim.Lab.Results;

/// <summary>fault-kinds.parquet: a row for every combination of error code, cause and outcome that a run had.</summary>
internal static class FaultKindTable
{
    public const string FileName = "fault-kinds.parquet";

    public const string Meaning = "Page faults by error code, cause and outcome, over the measured part of each run; of the whole run where that ended before its warm-up. "
        + "A fault that had to wait and then tries again is followed by another one.";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        .. RunKey.Columns<FaultKindRow>(),
        Column.Int("error_code", Column.NoUnit, "the x86 error code: 1 present, 2 write, 4 user, 16 instruction fetch", part => part.Row.ErrorCode),
        Column.Text("cause", "why it came to the fault", part => part.Row.Cause),
        Column.Text("outcome", "what became of it", part => part.Row.Outcome),
        Column.Long("count", "count", "faults", part => part.Row.Count),
        Column.OptionalReal("latency_total_ns", "ns", "from fault to when the task could go on, summed", part => part.Row.TotalNs),
        Column.OptionalReal("latency_mean_ns", "ns", "mean of the same", part => part.Row.MeanNs),
        Column.OptionalReal("latency_p50_ns", "ns", "median of the same", part => part.Row.P50Ns),
        Column.OptionalReal("latency_p99_ns", "ns", "99th percentile of the same", part => part.Row.P99Ns),
        Column.OptionalReal("latency_max_ns", "ns", "the longest", part => part.Row.MaxNs),
    ];

    public static IReadOnlyList<OfRun<FaultKindRow>> Read(TableFile file, RunKey key)
    {
        int[] code = file.Ints("error_code");
        string[] cause = file.Texts("cause"), outcome = file.Texts("outcome");
        long[] count = file.Longs("count");
        double[] total = file.Reals("latency_total_ns"), mean = file.Reals("latency_mean_ns"), median = file.Reals("latency_p50_ns");
        double[] slow = file.Reals("latency_p99_ns"), longest = file.Reals("latency_max_ns");
        return key.Join(file, row => new FaultKindRow(code[row], cause[row], outcome[row], count[row], total[row], mean[row], median[row], slow[row], longest[row]));
    }
}
