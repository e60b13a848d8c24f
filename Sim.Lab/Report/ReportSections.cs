using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Lab.Figures;
using Sim.Lab.Results;

namespace Sim.Lab.Report;

/// <summary>The parts of the page, each on its own.</summary>
internal static class ReportSections
{
    /// <summary>The warnings; nothing where there are none.</summary>
    public static string Warnings(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0) return "";
        var html = new HtmlText().Open("aside", "class", "warnings", "role", "note").Element("p", "Before you read on").Open("ul");
        foreach (string warning in warnings) html.Element("li", warning);
        return html.Close("ul").Close("aside").ToString();
    }

    /// <summary>What the study sets: what varies first, with all its values.</summary>
    public static string Parameters(Study study)
    {
        var html = new HtmlText().Open("section", "id", "parameters").Element("h2", "Parameters");
        if (study.Parameters.Count == 0) return html.Element("p", "The study leaves every parameter at its default.").Close("section").ToString();
        html.Open("div", "class", "scroll").Open("table").Open("thead").Open("tr")
            .Element("th", "parameter", "scope", "col").Element("th", "values", "scope", "col").Close("tr").Close("thead").Open("tbody");
        foreach (ParameterColumn parameter in study.Varying.Concat(study.Parameters.Except(study.Varying)))
        {
            string[] values = [.. study.Runs.Select(run => run.Text(parameter.Name)).Distinct().Select(text => text.Length == 0 ? "(not set)" : text)];
            html.Open("tr").Open("td").Element("code", parameter.Name).Close("td").Element("td", string.Join(", ", values)).Close("tr");
        }

        return html.Close("tbody").Close("table").Close("div").Close("section").ToString();
    }

    /// <summary>A row a point.</summary>
    public static string Summary(Study study) => new HtmlText().Open("section", "id", "summary").Element("h2", "Summary")
        .Element("p", "Means over replications, ± the half-width of the 95 % confidence interval. A click on a column sorts by it.", "class", "facts")
        .Open("div", "class", "scroll sortable").Markup(study.Summary().ToHtml()).Close("div").Close("section").ToString();

    /// <summary>The figures, with their data and what their costs mean.</summary>
    public static string Figures(IReadOnlyList<StudyFigure> figures, CostDependence costs)
    {
        if (figures.Count == 0) return "";
        var html = new HtmlText().Open("section", "id", "figures").Element("h2", "Figures");
        foreach (var (index, figure) in figures.Index())
        {
            string number = (index + 1).ToString(CultureInfo.InvariantCulture);
            html.Open("figure", "id", "figure-" + number).Open("div", "class", "plot").Markup(figure.ToSvg()).Close("div")
                .Open("figcaption").Open("span").Text($"Figure {number}. {Meaning(figure)}{costs.Sentence(figure.Spec.Y)}").Close("span")
                .Element("button", "SVG", "type", "button", "data-save", "svg").Element("button", "Vega-Lite", "type", "button", "data-save", "vega-lite")
                .Close("figcaption").Open("script", "type", "application/json").Markup(figure.ToVegaLite()).Close("script").Close("figure");
        }

        return html.Close("section").ToString();
    }

    /// <summary>How the numbers came about, and which of them hang on the cost model.</summary>
    public static string Methods(Study study, IReadOnlyList<StudyFigure> figures, CostDependence costs)
    {
        var html = new HtmlText().Open("section", "id", "methods").Element("h2", "Methods").Element("p", costs.Note);
        if (figures.Count > 0)
        {
            string Numbers(bool isAffected)
            {
                string[] numbers = [.. figures.Index().Where(figure => costs.Affects(figure.Item.Spec.Y) == isAffected)
                    .Select(figure => (figure.Index + 1).ToString(CultureInfo.InvariantCulture))];
                return numbers.Length == 0 ? "none" : string.Join(", ", numbers);
            }

            html.Element("p", $"Figures that would change with the cost model: {Numbers(true)}. Figures that would not: {Numbers(false)}.");
        }

        html.Element("p", "Metrics are over the measured part of each run, after every process's warm-up. Intervals are 95 % confidence intervals of the mean " +
            "over independent replications, by Student's t. Workloads draw the same random numbers under every policy, so that policies can be compared " +
            "pairwise; intervals that overlap do not by themselves mean that policies do not differ.");
        string[] zero = study.Runs.Count == 0
            ? []
            : [.. study.Metrics.Where(name => MetricCatalogue.Find(name) is { IsWhole: true } && study.Runs.All(run => run.Metric(name) == 0))];
        if (zero.Length > 0) html.Open("p").Text("Counters that are zero in every run: ").Open("code").Text(string.Join(", ", zero)).Close("code").Close("p");
        return html.Close("section").ToString();
    }

    /// <summary>Where the numbers come from.</summary>
    public static string Provenance(Study study, Manifest? manifest)
    {
        var html = new HtmlText().Open("section", "id", "provenance").Element("h2", "Provenance").Open("dl");
        void Fact(string name, string value) => html.Element("dt", name).Element("dd", value);
        Fact("Digest of all runs", study.Digest);
        if (manifest is null)
            return html.Close("dl").Element("p", "There is no manifest.json: where these results come from is not recorded.").Close("section").ToString();
        Fact("Study file (SHA-256)", manifest.StudyFileSha256);
        foreach (var (policy, hash) in manifest.PolicyFiles) Fact($"File of {policy} (SHA-256)", hash);
        Fact("Model version", manifest.ModelVersion.ToString(CultureInfo.InvariantCulture));
        Fact("Started", manifest.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        Fact("Duration", FormattableString.Invariant($"{manifest.DurationSeconds:0.##} s with {manifest.Jobs} {(manifest.Jobs == 1 ? "job" : "jobs")}"));
        Fact("Runs", FormattableString.Invariant($"{manifest.RunsComputed} computed, {manifest.RunsReused} reused"));
        Fact("Host", FormattableString.Invariant($"{manifest.HostCpus} CPUs, {manifest.Architecture}, {manifest.OperatingSystem}, {manifest.Runtime}"));
        return html.Close("dl").Close("section").ToString();
    }

    private static string Meaning(StudyFigure figure) =>
        MetricCatalogue.Find(figure.Spec.Y) is { } metric ? $"{metric.Name}: {metric.Meaning}. " : "";
}
