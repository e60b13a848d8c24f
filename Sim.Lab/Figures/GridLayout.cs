using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>
/// Places the plots of a grid: all of one size and in line, each column as far from its left neighbour as its labels ask, each row
/// as far from the next.
/// </summary>
internal sealed class GridLayout
{
    private const double PanelTitleHeight = 20;
    private const double PanelGap = 14;
    private const double LeastPlotWidth = 110;
    private const double LeastPlotHeight = 80;

    private readonly Box _body;
    private readonly double[] _columnLefts;
    private readonly double[] _columnRights;
    private readonly double[] _rowBottoms;
    private readonly double _plotWidth;
    private readonly double _plotHeight;

    public GridLayout(Box body, IReadOnlyList<PlotArea> areas, int columns, int rows)
    {
        _body = body;
        double cellWidth = (body.Width - (PanelGap * (columns - 1))) / columns;
        double cellHeight = ((body.Height - (PanelGap * (rows - 1))) / rows) - PanelTitleHeight;
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
        _plotHeight = (body.Height - (PanelGap * (rows - 1)) - (PanelTitleHeight * rows) - _rowBottoms.Sum()) / rows;
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
        double top = _body.Top + _rowBottoms[..row].Sum() + (row * (_plotHeight + PanelGap)) + ((row + 1) * PanelTitleHeight);
        return new Box(left, top, left + _plotWidth, top + _plotHeight);
    }
}
