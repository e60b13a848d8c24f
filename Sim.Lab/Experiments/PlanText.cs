using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sim.Lab.Experiments;

/// <summary>What a study is going to do, as lines of text: what `sim validate` prints.</summary>
public static class PlanText
{
    private const int MostValues = 12;

    /// <summary>The plan.</summary>
    /// <param name="experiment">The study.</param>
    /// <param name="referencesPerSecond">References that one job simulates in a second of host time.</param>
    /// <param name="jobs">Runs at a time.</param>
    public static IReadOnlyList<string> Write(Experiment experiment, double referencesPerSecond, int jobs)
    {
        RunSpec[] points = [.. experiment.Points.Select(point => experiment.RunOf(point, 0))];
        ReplicationPlan plan = experiment.Replications;
        double perReplication = points.Sum(run => (double)run.TotalReferences);
        var lines = new List<string> { Invariant($"study         {experiment.Name}") };
        if (experiment.Description.Length > 0) lines.Add("description   " + experiment.Description.ReplaceLineEndings(" ").Trim());
        lines.Add(Invariant($"seed          {experiment.Seed}"));
        lines.Add(Invariant($"points        {points.Length}{Product(experiment)}"));
        lines.Add("replications  " + (plan.IsPrecisionDriven
            ? Invariant($"{plan.Minimum} to {plan.Maximum}, until {plan.Metric} is known to {plan.Relative:0.###%}")
            : Invariant($"{plan.Minimum}")));
        lines.Add("runs          " + Span(plan, replications => Invariant($"{points.Length * (long)replications}")));
        lines.Add("references    " + Span(plan, replications => Short(perReplication * replications)));
        lines.Add("host time     about " + Span(plan, replications => Duration(perReplication * replications / referencesPerSecond / Math.Max(1, jobs)))
            + Invariant($" with {jobs} {(jobs == 1 ? "job" : "jobs")} at {Short(referencesPerSecond)} references a second each"));
        if (points[0].IsWarmupAuto) lines.Add("warm-up       found from each run, which is run twice for it");
        lines.Add("parameters");
        lines.AddRange(points[0].Parameters.Select(parameter => $"  {parameter.Name} = {Values(points, parameter.Name)}"));
        if (experiment.Figures.Count > 0) lines.Add("figures");
        lines.AddRange(experiment.Figures.Select(figure => $"  {figure.Y} over {figure.X}"
            + (figure.Series is null ? "" : $", a line for each {figure.Series}") + (figure.Facet is null ? "" : $", a panel for each {figure.Facet}")));
        return lines;
    }

    private static string Product(Experiment experiment)
    {
        if (experiment.SweptKeys.Count < 2) return "";
        IEnumerable<int> sizes = experiment.SweptKeys.Select((_, axis) => experiment.Points.Select(point => point.Values[axis].Value).Distinct().Count());
        return " = " + string.Join(" x ", sizes);
    }

    private static string Span(ReplicationPlan plan, Func<int, string> write) =>
        plan.Minimum == plan.Maximum ? write(plan.Minimum) : $"{write(plan.Minimum)} to {write(plan.Maximum)}";

    private static string Values(RunSpec[] points, string name)
    {
        string[] values = [.. points.SelectMany(run => run.Parameters).Where(parameter => parameter.Name == name).Select(parameter => parameter.Text).Distinct()];
        string shown = string.Join(", ", values.Take(MostValues));
        return values.Length <= MostValues ? shown : Invariant($"{shown}, ... ({values.Length} values)");
    }

    private static string Short(double number) => number switch
    {
        < 1e4 => Invariant($"{number:0}"),
        < 1e6 => Invariant($"{number / 1e3:0.#}k"),
        < 1e9 => Invariant($"{number / 1e6:0.#}M"),
        _ => Invariant($"{number / 1e9:0.##}G"),
    };

    private static string Duration(double seconds) => seconds switch
    {
        < 1 => "a second",
        < 120 => Invariant($"{seconds:0} s"),
        < 7200 => Invariant($"{seconds / 60:0} min"),
        _ => Invariant($"{seconds / 3600:0.#} h"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
