using System.Collections.Generic;
using Sim.Lab.Notebooks;

namespace Sim.Lab.Figures;

/// <summary>
/// Small multiples: one figure a facet, all under one title and one legend. A series' name decides its look, so that it looks the same
/// in every panel; the panels share the ranges of their axes unless told otherwise.
/// </summary>
[TypeFormatterSource(typeof(HtmlDisplayFormatterSource))]
public sealed class FigureGrid : IHtmlDisplay
{
    /// <summary>The headline over all panels.</summary>
    public required string Title { get; init; }

    /// <summary>The panels, row by row. Their own sizes, notes and legend titles are not used.</summary>
    public required IReadOnlyList<Figure> Panels { get; init; }

    /// <summary>Panels in a row.</summary>
    public int Columns { get; init; } = 2;

    /// <summary>Whether all panels show the same ranges, so that heights can be compared across them.</summary>
    public bool SharesAxes { get; init; } = true;

    /// <summary>What the series differ in, set above the legend.</summary>
    public string? LegendTitle { get; init; }

    /// <summary>A line under the panels.</summary>
    public string? Note { get; init; }

    /// <summary>Width in pixels at natural size.</summary>
    public int Width { get; init; } = 900;

    /// <summary>Height of one row in pixels at natural size.</summary>
    public int RowHeight { get; init; } = 260;

    /// <summary>The panels as one self-contained SVG document.</summary>
    public string ToSvg() => FigureGridSvg.Render(this);

    /// <summary>The panels as one Vega-Lite specification with their data inside.</summary>
    public string ToVegaLite() => FigureVegaLite.Write(this);

    /// <inheritdoc />
    public string ToHtml() => ToSvg();
}
