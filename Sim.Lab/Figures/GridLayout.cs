using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>
/// Places the plots of a grid: all of one size and in line, each column as far from its left neighbour as its labels ask, each row
/// as far from the next. A title longer than its plot is wide takes several lines, and then all plots leave room for as many.
/// </summary>
internal sealed class GridLayout
{
    private const double TitleSize = 13;
    private const double TitleMargin = 7;
    private const double TitleLine = TitleSize * TextMetrics.LineHeight;
    private const double PanelGap = 14;
    private const double LeastPlotWidth = 110;
    private const double LeastPlotHeight = 80;

    private readonly Box _body;
    private readonly double[] _columnLefts;
    private readonly double[] _columnRights;
    private readonly double[] _rowBottoms;
    private readonly double _plotWidth;
    private readonly double _plotHeight;
    private readonly double _titleHeight;
    private readonly IReadOnlyList<string>[] _titles;

    public GridLayout(Box body, IReadOnlyList<PlotArea> areas, IEnumerable<string> titles, int columns, int rows)
    {
        _body = body;
        double cellWidth = (body.Width - (PanelGap * (columns - 1))) / columns;
        double cellHeight = ((body.Height - (PanelGap * (rows - 1))) / rows) - TitleMargin - TitleLine;
        _columnLefts = new double[columns];
        _columnRights = new double[columns];
        _rowBottoms = new double[rows];
        for (int i = 0; i < areas.Count; i++)
        {
            var insets = areas[i].Measure(cellWidth, cellHeight);
            _columnLefts[i % columns] = Math.Max(_columnLefts[i % columns], insets.Left);
            _columnRights[i % columns] = Math.Max(_columnRights[i % columns], insets.Right);
            _rowBottoms[i / columns] = Math.Max(_rowBottoms[i / columns], insets.Bottom);
        }

        _plotWidth = (body.Width - (PanelGap * (columns - 1)) - _columnLefts.Sum() - _columnRights.Sum()) / columns;
        _titles = [.. titles.Select(title => TextMetrics.Wrap(title, Math.Max(LeastPlotWidth, _plotWidth), TitleSize, bold: true))];
        _titleHeight = TitleMargin + (_titles.Select(lines => lines.Count).DefaultIfEmpty(1).Max() * TitleLine);
        _plotHeight = (body.Height - (PanelGap * (rows - 1)) - (_titleHeight * rows) - _rowBottoms.Sum()) / rows;
    }

    /// <summary>By how much the body is too narrow for plots that can be read.</summary>
    public double LackingWidth => Math.Max(0, (LeastPlotWidth - _plotWidth) * _columnLefts.Length);

    /// <summary>By how much the body is too low for plots that can be read.</summary>
    public double LackingHeight => Math.Max(0, (LeastPlotHeight - _plotHeight) * _rowBottoms.Length);

    /// <summary>The box between the axes of the n-th panel.</summary>
    public Box PlotOf(int index)
    {
        int column = index % _columnLefts.Length;
        int row = index / _columnLefts.Length;
        double left = _body.Left + _columnLefts[..(column + 1)].Sum() + _columnRights[..column].Sum() + (column * (_plotWidth + PanelGap));
        double top = _body.Top + _rowBottoms[..row].Sum() + (row * (_plotHeight + PanelGap)) + ((row + 1) * _titleHeight);
        return new Box(left, top, left + _plotWidth, top + _plotHeight);
    }

    /// <summary>Paints the title of the n-th panel above its plot.</summary>
    public void PaintTitle(SvgText svg, int index)
    {
        var (plot, lines) = (PlotOf(index), _titles[index]);
        for (int line = 0; line < lines.Count; line++)
        {
            double baseline = plot.Top - TitleMargin - ((lines.Count - 1 - line) * TitleLine);
            svg.Label(plot.Left, baseline, lines[line], TitleSize, extra: " font-weight=\"bold\"");
        }
    }
}
