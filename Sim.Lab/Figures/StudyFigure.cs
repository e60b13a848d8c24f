using System.Collections.Generic;
using Sim.Lab.Experiments;
using Sim.Lab.Notebooks;
using Sim.Lab.Results;

namespace Sim.Lab.Figures;

/// <summary>A figure of a study: one plot, or a grid of them where it was asked for facets.</summary>
[TypeFormatterSource(typeof(HtmlDisplayFormatterSource))]
public sealed class StudyFigure : IHtmlDisplay
{
    private readonly Figure? _plot;
    private readonly FigureGrid? _grid;

    internal StudyFigure(FigureSpec spec, Figure plot) => (Spec, _plot) = (spec, plot);

    internal StudyFigure(FigureSpec spec, FigureGrid grid) => (Spec, _grid) = (spec, grid);

    /// <summary>What was asked for.</summary>
    public FigureSpec Spec { get; }

    /// <summary>The headline.</summary>
    public string Title => _plot?.Title ?? _grid!.Title;

    /// <summary>The plots: one, or one a facet.</summary>
    public IReadOnlyList<Figure> Plots => _plot is null ? _grid!.Panels : [_plot];

    /// <summary>The figure as a self-contained SVG document.</summary>
    public string ToSvg() => _plot?.ToSvg() ?? _grid!.ToSvg();

    /// <summary>Writes the figure as an SVG document.</summary>
    /// <exception cref="ResultsException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, ToSvg());

    /// <summary>The figure as a Vega-Lite specification with its data inside.</summary>
    public string ToVegaLite() => _plot?.ToVegaLite() ?? _grid!.ToVegaLite();

    /// <inheritdoc />
    public string ToHtml() => ToSvg();
}
