using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Parquet;

using Column = Sim.Lab.Results.TableColumn<Sim.Lab.Results.RunRecord>;

namespace Sim.Lab.Results;

/// <summary>runs.parquet: a row for every run, with its parameters and its summary metrics. The parameters' columns vary from study to study.</summary>
internal static class RunTable
{
    public const string FileName = "runs.parquet";

    public const string Meaning = "One row a run. Between seed and the metrics stands one column for each parameter that the study sets.";

    private static readonly Column[] _metrics = [.. MetricCatalogue.All.Select(Metric)];

    public static IReadOnlyList<Column> First { get; } =
    [
        Column.Text(RunKey.RunId, "the run's identity: a hash of all that decides its outcome", run => run.Id),
        Column.Int(RunKey.Replication, Column.NoUnit, "the replication, from 0", run => run.Replication),
        Column.Long("seed", Column.NoUnit, "the study's seed", run => run.Seed),
    ];

    public static IReadOnlyList<Column> Metrics => _metrics;

    public static IReadOnlyList<Column> Last { get; } =
    [
        Column.Text("digest", "hash of the run's events: equal digests are equal runs", run => run.Digest),
        Column.Text("status", "ok, or what is to be said of the run", run => run.Status),
    ];

    /// <summary>The columns of a study with these parameters.</summary>
    public static IReadOnlyList<Column> Columns(IEnumerable<ParameterColumn> parameters) =>
        [.. First, .. parameters.Select(parameter => parameter.ToTableColumn()), .. Metrics, .. Last];

    /// <summary>Whether a column's name is not free for a parameter.</summary>
    public static bool IsTaken(string column) =>
        First.Concat(Last).Any(known => known.Column.Name == column) || MetricCatalogue.Find(column) is not null;

    /// <summary>The parameters and metrics among a file's columns; a file from before a metric was added lacks it.</summary>
    public static RunColumns ColumnsOf(ParquetSchema schema, string folder) => new(
        folder,
        [.. schema.Select(ParameterOf).OfType<ParameterColumn>()],
        [.. MetricCatalogue.All.Select(metric => metric.Name).Where(name => schema.IndexOf(name) >= 0)]);

    /// <summary>The rows, in the file's order.</summary>
    public static IReadOnlyList<RunRow> Read(TableFile file, RunColumns columns)
    {
        ParameterValue?[][] values = [.. columns.Parameters.Select(parameter => Values(file, parameter))];
        double[][] metrics = [.. columns.Metrics.Select(file.Reals)];

        string[] ids = file.Texts(RunKey.RunId), digests = file.Texts("digest"), statuses = file.Texts("status");
        int[] replications = file.Ints(RunKey.Replication);
        long[] seeds = file.Longs("seed");
        return
        [
            .. ids.Select((id, row) => new RunRow(columns, [.. values.Select(column => column[row])], [.. metrics.Select(column => column[row])])
            {
                Id = id,
                Replication = replications[row],
                Seed = seeds[row],
                Digest = digests[row],
                Status = statuses[row],
            }),
        ];
    }

    private static Column Metric(MetricDefinition metric, int index) => metric.IsWhole
        ? Column.OptionalLong(metric.Name, metric.Unit, metric.Meaning, run => run.Metrics[index])
        : Column.OptionalReal(metric.Name, metric.Unit, metric.Meaning, run => run.Metrics[index]);

    private static ParameterColumn? ParameterOf(ParquetColumn column) =>
        column.Metadata.TryGetValue(TableMetadata.Parameter, out string? name) &&
        column.Metadata.TryGetValue(TableMetadata.Kind, out string? kind) && Enum.TryParse(kind, out ParameterKind parsed)
            ? new ParameterColumn(name, column.Name, parsed)
            : null;

    private static ParameterValue?[] Values(TableFile file, ParameterColumn parameter) => parameter.Kind == ParameterKind.Text
        ? [.. file.Texts(parameter.Column).Select(text => text is null ? null : new ParameterValue(parameter.Name, ParameterKind.Text, double.NaN, text))]
        : [.. file.Reals(parameter.Column).Select(number => double.IsNaN(number)
            ? null
            : new ParameterValue(parameter.Name, parameter.Kind, number, ParameterText.Of(parameter.Kind, number)))];
}
