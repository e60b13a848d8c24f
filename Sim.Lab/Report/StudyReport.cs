using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sim.Lab.Figures;
using Sim.Lab.Results;

namespace Sim.Lab.Report;

/// <summary>report.html: a study on one page that opens without a network and stays readable without a script.</summary>
public static class StudyReport
{
    private const string FileName = "report.html";

    /// <summary>Writes the report beside the study's tables.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public static string Write(Study study, string description, IReadOnlyList<StudyFigure> figures, Manifest? manifest)
    {
        string path = Path.Combine(study.Folder, FileName);
        AtomicFile.Write(path, Page(study, description, figures, manifest));
        return path;
    }

    /// <summary>The page as text.</summary>
    public static string Page(Study study, string description, IReadOnlyList<StudyFigure> figures, Manifest? manifest)
    {
        var costs = new CostDependence(study);
        IReadOnlyList<string> warnings = [.. ReportWarnings.Of(study, figures), .. manifest?.Warnings ?? []];
        var html = new HtmlText().Markup("<!DOCTYPE html>\n").Open("html", "lang", "en").Open("head").Markup("<meta charset=\"utf-8\"/>\n")
            .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
            .Element("title", study.Name).Open("style").Markup("\n" + ReportStyle.Css + "\n").Close("style").Close("head");
        html.Open("body").Open("main").Open("header").Element("h1", study.Name);
        if (description.Trim().Length > 0) html.Element("p", description.Trim(), "class", "lead");
        html.Element("p", Facts(study), "class", "facts").Markup(Navigation(figures.Count > 0)).Close("header")
            .Markup(ReportSections.Warnings(warnings))
            .Markup(ReportSections.Figures(figures, costs))
            .Markup(ReportSections.Summary(study))
            .Markup(ReportSections.Parameters(study))
            .Markup(ReportSections.Methods(study, figures, costs))
            .Markup(ReportSections.Provenance(study, manifest));
        return html.Close("main").Open("script").Markup("\n" + ReportScript.JavaScript + "\n").Close("script").Close("body").Close("html").ToString();
    }

    private static string Facts(Study study)
    {
        int fewest = study.Points.Select(point => point.Runs.Count).DefaultIfEmpty(0).Min();
        int most = study.Points.Select(point => point.Runs.Count).DefaultIfEmpty(0).Max();
        string replications = fewest == most ? most.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{fewest} to {most}");
        string varies = study.Varying.Count == 0 ? "nothing varies" : "varying " + string.Join(", ", study.Varying.Select(parameter => parameter.Name));
        return FormattableString.Invariant($"{study.Runs.Count} runs: {study.Points.Count} points × {replications} replications, {varies}");
    }

    private static string Navigation(bool hasFigures)
    {
        var html = new HtmlText().Open("nav");
        foreach (string section in (string[])[.. hasFigures ? ["Figures"] : Array.Empty<string>(), "Summary", "Parameters", "Methods", "Provenance"])
            html.Open("a", "href", "#" + section.ToLowerInvariant()).Text(section).Close("a");
        return html.Close("nav").ToString();
    }
}
