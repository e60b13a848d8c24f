using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Lab.Figures;
using Sim.Lab.Notebooks;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Report;

/// <summary>
/// A study at a glance, one row a point: what varies, metrics as mean ± half-width of the 95 % interval, and the replications.
/// Plain text for a terminal; <see cref="ToHtml"/> for a page.
/// </summary>
[TypeFormatterSource(typeof(HtmlDisplayFormatterSource))]
public sealed class SummaryTable : IHtmlDisplay
{
    private readonly IReadOnlyList<IReadOnlyList<double>> _sortKeys;
    private readonly IReadOnlyList<string> _meanings;

    private SummaryTable(IReadOnlyList<string> headers, IReadOnlyList<string> meanings, IReadOnlyList<IReadOnlyList<(string Text, double Key)>> rows)
    {
        Headers = headers;
        _meanings = meanings;
        Rows = [.. rows.Select(row => row.Select(cell => cell.Text).ToArray())];
        _sortKeys = [.. rows.Select(row => row.Select(cell => cell.Key).ToArray())];
    }

    /// <summary>The metrics that are shown unless others are named.</summary>
    public static IReadOnlyList<string> Headline { get; } = ["fault_rate", "miss_rate", "tlb_miss_rate", "cpu_utilisation"];

    /// <summary>The columns' names: parameters' keys, metrics, n.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>A text for each column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>Whether a column's values line up at the right: all but parameters that are text.</summary>
    public bool IsNumeric(int column) => _sortKeys.Any(row => !double.IsNaN(row[column]));

    /// <summary>The table of a study's runs.</summary>
    /// <exception cref="ResultsException">There is no such metric.</exception>
    public static SummaryTable Of(Study study, IReadOnlyList<string> metrics)
    {
        IReadOnlyList<string> shown = metrics.Count > 0 ? metrics : Headline;
        return new SummaryTable(
            [.. study.Varying.Select(parameter => parameter.Name), .. shown, "n"],
            [.. study.Varying.Select(_ => ""), .. shown.Select(name => MetricCatalogue.Find(name)?.Meaning ?? ""), "replications"],
            [.. study.Points.Select(point => Row(study, point, shown))]);
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new HtmlText().Open("table", "class", "summary").Open("thead").Open("tr");
        for (int i = 0; i < Headers.Count; i++) html.Element("th", HeaderText(i), "class", Class(i), "scope", "col", "title", Title(i));
        html.Close("tr").Close("thead").Open("tbody");
        foreach (var (row, keys) in Rows.Zip(_sortKeys))
        {
            html.Open("tr");
            for (int i = 0; i < row.Count; i++)
            {
                string[] key = double.IsNaN(keys[i]) ? [] : ["data-key", keys[i].ToString("R", CultureInfo.InvariantCulture)];
                html.Element("td", row[i], [.. new[] { "class", Class(i) }, .. key]);
            }

            html.Close("tr");
        }

        return html.Close("tbody").Close("table").ToString();
    }

    private static (string Text, double Key)[] Row(Study study, ParameterPoint point, IEnumerable<string> metrics) =>
    [
        .. study.Varying.Select(parameter => (point.Text(parameter.Name), point.Number(parameter.Name))),
        .. metrics.Select(name => Cell(name, point.Metric(name))),
        (point.Runs.Count.ToString(CultureInfo.InvariantCulture), point.Runs.Count),
    ];

    private static (string Text, double Key) Cell(string metric, ConfidenceInterval interval) => (IntervalText.Of(metric, interval), interval.Mean);

    private string HeaderText(int column) => _meanings[column].Length == 0 || Headers[column] == "n" ? Headers[column] : StudyAxes.MetricName(Headers[column]);

    private string Title(int column) => _meanings[column].Length == 0 ? Headers[column] : $"{Headers[column]}: {_meanings[column]}";

    private string Class(int column) => IsNumeric(column) ? "number" : "text";
}
