using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Lab.Figures;
using Sim.Lab.Results;

namespace Sim.Lab.Report;

/// <summary>What a reader must know before believing the numbers.</summary>
public static class ReportWarnings
{
    private const int MostExamples = 3;

    /// <summary>One sentence each; empty if there is nothing to be said.</summary>
    public static IReadOnlyList<string> Of(Study study, IReadOnlyList<StudyFigure> figures)
    {
        string[] metrics = [.. SummaryTable.Headline.Concat(figures.Select(figure => figure.Spec.Y)).Distinct()];
        return [.. NoRuns(study), .. Statuses(study), .. metrics.SelectMany(metric => Values(study, metric)), .. WarmupCheck.Of(study), .. Replications(study)];
    }

    private static IEnumerable<string> NoRuns(Study study) => study.Runs.Count == 0 ? ["The study has no runs."] : [];

    private static IEnumerable<string> Statuses(Study study)
    {
        foreach (var status in study.Runs.Where(run => !run.IsOk).GroupBy(run => run.Status))
        {
            string examples = string.Join("; ", status.Take(MostExamples).Select(run => Name(study, run)));
            string more = status.Count() > MostExamples ? Invariant($"; and {status.Count() - MostExamples} more") : "";
            yield return Invariant($"{status.Count()} of {study.Runs.Count} runs: {status.Key} ({examples}{more}).");
        }
    }

    private static IEnumerable<string> Values(Study study, string metric)
    {
        double[] values = [.. study.Runs.Select(run => run.Metric(metric))];
        int undefined = values.Count(double.IsNaN);
        if (values.Length == 0) yield break;
        if (undefined == values.Length) yield return $"{metric} is not defined in any run.";
        if (undefined > 0 && undefined < values.Length)
            yield return Invariant($"{metric} is not defined in {undefined} of {values.Length} runs; a point that holds one of them has no mean.");
        if (values.All(value => value == 0))
            yield return $"{metric} is zero in every run: nothing exercised it, or the measured part was too short.";
    }

    private static IEnumerable<string> Replications(Study study)
    {
        int single = study.Points.Count(point => point.Runs.Count == 1);
        if (single > 0) yield return Invariant($"{single} of {study.Points.Count} points have one replication: their spread is not known.");
    }

    private static string Name(Study study, RunRow run) => string.Join(" ",
        study.Varying
        .Select(parameter => $"{StudyAxes.LastPart(parameter.Name)}={run.Text(parameter.Name)}").Append(Invariant($"replication={run.Replication}")));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
