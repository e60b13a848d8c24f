using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Notebooks;

namespace Sim.Lab.Figures;

/// <summary>
/// A figure as data: what is plotted, not how. The same figure always renders to the same bytes.
/// </summary>
[TypeFormatterSource(typeof(HtmlDisplayFormatterSource))]
public sealed class Figure : IHtmlDisplay
{
    /// <summary>The headline, set above the plot.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required FigureAxis XAxis { get; init; }

    /// <summary>The vertical axis.</summary>
    public required FigureAxis YAxis { get; init; }

    /// <summary>The data. More than twelve series can be drawn but hardly read.</summary>
    public required IReadOnlyList<FigureSeries> Series { get; init; }

    /// <summary>Lines or bars.</summary>
    public FigureKind Kind { get; init; }

    /// <summary>What the series differ in, set above the legend.</summary>
    public string? LegendTitle { get; init; }

    /// <summary>A line under the plot: what the bands are, where the data come from.</summary>
    public string? Note { get; init; }

    /// <summary>Width in pixels at natural size.</summary>
    public int Width { get; init; } = 720;

    /// <summary>Height in pixels at natural size; a legend that needs more makes the figure taller.</summary>
    public int Height { get; init; } = 440;

    /// <summary>The figure as a self-contained SVG document.</summary>
    public string ToSvg() => FigureSvg.Render(this);

    /// <summary>The figure as a Vega-Lite specification with its data inside.</summary>
    public string ToVegaLite() => FigureVegaLite.Write(this);

    /// <inheritdoc />
    public string ToHtml() => ToSvg();

    internal bool HasCategories => XAxis.Format == FigureFormat.Category;

    internal bool DrawsBars => HasCategories && Kind != FigureKind.Lines;

    internal IReadOnlyList<string> Categories =>
        [.. Series.SelectMany(series => series.Points).Select(LabelOf).Distinct()];

    internal bool HasData => Series.Any(series => series.Points.Any(IsDrawable));

    internal bool IsDrawable(FigurePoint point) => double.IsFinite(point.Y) && (HasCategories || double.IsFinite(point.X));

    internal static string LabelOf(FigurePoint point) => point.Label ?? NumberText.Value(point.X, FigureFormat.Number);
}
