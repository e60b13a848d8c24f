using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Sim.Lab.Report;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Cli.Commands;

/// <summary>`sim compare`: what a parameter's values change against one of them.</summary>
internal static class CompareCommand
{
    private const string NoNumber = "–";

    public static Command Create()
    {
        var folder = Shared.ResultsFolder();
        var by = new Option<string?>("--by") { Description = "The parameter whose values are compared; the only policy that varies unless said." };
        var baseValue = new Option<string?>("--base") { Description = "The value that the others are compared with; the study's first unless said." };
        var metric = Shared.Metric();
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var command = new Command("compare", "Compare the values of a parameter with one of them, replication by replication: differences with 95 % intervals.")
        {
            folder, by, baseValue, metric, json,
        };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            StudyComparison comparison = Study.Open(parsed.GetValue(folder)!).Compare(parsed.GetValue(by), parsed.GetValue(baseValue), parsed.GetValue(metric)!);
            if (parsed.GetValue(json)) WriteJson(comparison);
            else WriteTable(comparison);
            return Failure.Done;
        }));
        return command.WithExample("sim compare results/quickstart --by policies.reclaim --base lru");
    }

    private static void WriteTable(StudyComparison comparison)
    {
        TextTable.Write([.. comparison.Others, comparison.Parameter, comparison.Metric, "of " + comparison.Base, "difference", "relative", "p", "n", ""],
            [.. comparison.Points.Select(point => Row(comparison, point))]);
        int judged = comparison.Points.Count(point => point.Comparison.Difference.IsDefined);
        Console.WriteLine();
        Console.WriteLine($"{comparison.Metric} against {comparison.Parameter}={comparison.Base}, replication by replication");
        if (judged < comparison.Points.Count) Console.WriteLine("note    with one replication a difference has no interval; replications: 5 gives it one");
        if (judged > 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"note    * zero lies outside of the 95 % interval; by chance alone it would for {0.05 * judged:0.#} of {judged}"));
    }

    private static string[] Row(StudyComparison comparison, ComparedPoint point)
    {
        PairedComparison paired = point.Comparison;
        return
        [
            .. comparison.Others.Select(name => point.Others[name]?.Text ?? ""), point.Value, IntervalText.Of(comparison.Metric, point.Mean), IntervalText.Of(comparison.Metric, point.BaseMean),
            IntervalText.Of(comparison.Metric, paired.Difference),
            double.IsFinite(point.Relative) ? (100 * point.Relative).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %" : NoNumber,
            double.IsNaN(paired.PValue) ? NoNumber : paired.PValue.ToString(paired.PValue < 1e-4 ? "0.0E+0" : "0.0000", CultureInfo.InvariantCulture),
            paired.Difference.Count.ToString(CultureInfo.InvariantCulture), paired.IsSignificant ? "*" : "",
        ];
    }

    private static void WriteJson(StudyComparison comparison) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        parameter = comparison.Parameter,
        @base = comparison.Base,
        metric = comparison.Metric,
        level = ConfidenceInterval.DefaultLevel,
        points = comparison.Points.Select(point => new
        {
            others = point.Others.ToDictionary(pair => pair.Key, pair => pair.Value?.Text),
            value = point.Value,
            mean = OrNull(point.Mean),
            base_mean = OrNull(point.BaseMean),
            difference = OrNull(point.Comparison.Difference.Mean),
            half_width = OrNull(point.Comparison.Difference.HalfWidth),
            relative = OrNull(point.Relative),
            p = OrNull(point.Comparison.PValue),
            variance_ratio = OrNull(point.Comparison.VarianceRatio),
            replications = point.Comparison.Difference.Count,
        }),
    }, Shared.Json));

    private static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
