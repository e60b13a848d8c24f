using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Lab.Experiments;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Figures;

/// <summary>What a figure of a study will say: its axes, its words, and which series a point belongs to.</summary>
internal sealed class FigurePlan
{
    // Stands between the parts of a series' name, none of which contains it.
    private const string Separator = " · ";

    private readonly IReadOnlyList<string> _extra;

    public FigurePlan(Study study, FigureSpec spec)
    {
        Spec = spec;
        _extra = Extra(study, spec);
        XAxis = StudyAxes.OfParameter(study, spec.X, spec.XScale);
        YAxis = StudyAxes.OfMetric(spec.Y, spec.YScale);
        string[] differ = [.. new[] { spec.Series }.OfType<string>(), .. _extra];
        LegendTitle = differ.Length > 0 ? string.Join(Separator, differ) : null;
        Note = Bands(study);
        string by = spec.Series is null ? "" : $", by {StudyAxes.Noun(spec.Series).ToLowerInvariant()}";
        Title = spec.Title ?? $"{StudyAxes.MetricName(spec.Y)} against {StudyAxes.Noun(spec.X).ToLowerInvariant()}{by}";
    }

    public FigureSpec Spec { get; }

    public FigureAxis XAxis { get; }

    public FigureAxis YAxis { get; }

    public string Title { get; }

    public string? LegendTitle { get; }

    public string? Note { get; }

    /// <summary>The name of the series that a point belongs to.</summary>
    public string SeriesOf(ParameterPoint point) =>
        string.Join(Separator, new[] { Spec.Series }.OfType<string>().Select(point.Text)
            .Concat(_extra.Select(name => $"{StudyAxes.LastPart(name)}={point.Text(name)}")));

    // A further parameter divides a series only where two points would otherwise stand over the same x; one that goes with x or
    // with the series (memory and swap swept together) does not.
    private static IReadOnlyList<string> Extra(Study study, FigureSpec spec)
    {
        string[] shown = [.. new[] { spec.X, spec.Series, spec.Facet }.OfType<string>()];
        var extra = new List<string>();
        foreach (ParameterColumn parameter in study.Varying)
        {
            if (shown.Contains(parameter.Name) || shown.Contains(parameter.Column)) continue;
            var places = study.Points.GroupBy(point => string.Join('\n', shown.Concat(extra).Select(point.Text)));
            if (places.Any(place => place.Select(point => point.Text(parameter.Name)).Distinct().Count() > 1)) extra.Add(parameter.Name);
        }

        return extra;
    }

    private static string? Bands(Study study)
    {
        int fewest = study.Points.Select(point => point.Runs.Count).DefaultIfEmpty(0).Min();
        int most = study.Points.Select(point => point.Runs.Count).DefaultIfEmpty(0).Max();
        if (most < 2) return most == 0 ? null : "One run a point: no interval can be given.";
        string count = fewest == most ? most.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{fewest} to {most}");
        return string.Create(CultureInfo.InvariantCulture,
            $"Means of {count} replications with {ConfidenceInterval.DefaultLevel * 100:0.#}% confidence intervals (Student's t).");
    }
}
