using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>One pair of axes with its data: measures the room that its labels need, then paints into the box it is given.</summary>
internal sealed class PlotArea
{
    private const double MeasuredLeast = 40;

    private readonly Figure _figure;
    private readonly SeriesStyles _styles;
    private readonly DataRange _xRange;
    private readonly DataRange _yRange;

    public PlotArea(Figure figure, SeriesStyles styles, DataRange xRange, DataRange yRange)
    {
        _figure = figure;
        _styles = styles;
        _xRange = xRange;
        _yRange = yRange;
    }

    public bool ShowsXTitle { get; init; } = true;

    public bool ShowsYTitle { get; init; } = true;

    /// <summary>What the axes have to say about themselves.</summary>
    public IEnumerable<string> Notes =>
        new[] { _figure.HasCategories ? null : X(400).Note, Y(300).Note }.OfType<string>();

    /// <summary>The room that axes, labels and titles take out of an area of a size.</summary>
    public Insets Measure(double width, double height)
    {
        // The labels below depend on the room that the labels at the left leave, and the other way round: a few rounds settle it.
        double left = 70;
        double right = 10;
        double bottom = 50;
        for (int round = 0; round < 4; round++)
        {
            var y = Y(Math.Max(MeasuredLeast, height - bottom));
            double title = ShowsYTitle ? AxisPainter.TitleRoom(y.Title, Math.Max(MeasuredLeast, height - bottom)) : 0;
            var (before, after) = XOverhang(Math.Max(MeasuredLeast, width - left - right));
            left = Math.Max(before, AxisPainter.LabelOffset + YLabelWidth(y) + title);
            right = Math.Max(10, after);
            double inner = Math.Max(MeasuredLeast, width - left - right);
            bottom = AxisPainter.LabelOffset + XLabelHeight(inner) + (ShowsXTitle ? AxisPainter.TitleRoom(XTitle(inner), inner) : 0);
        }

        return new Insets(left, right, bottom);
    }

    public void Paint(SvgText svg, Box plot)
    {
        var y = Y(plot.Height);
        string corner = $"M{SvgText.N(plot.Left)} {SvgText.N(plot.Top)}V{SvgText.N(plot.Bottom)}H{SvgText.N(plot.Right)}";
        if (!_figure.HasData)
        {
            svg.Path(corner, AxisPainter.Style);
            svg.Label((plot.Left + plot.Right) / 2, (plot.Top + plot.Bottom) / 2, "no data", 14, "middle", " fill=\"#666\"");
        }
        else if (_figure.HasCategories)
        {
            AxisPainter.PaintVertical(svg, y, plot);
            new CategoryLabels(_figure.Categories, plot.Width).Paint(svg, plot, plot.Bottom + AxisPainter.LabelOffset);
            PaintData(svg, y, plot, point => CategoryCentre(point, plot));
            svg.Path(corner, AxisPainter.Style);
        }
        else
        {
            var x = X(plot.Width);
            AxisPainter.PaintHorizontal(svg, x, plot);
            AxisPainter.PaintVertical(svg, y, plot);
            svg.Path(corner, AxisPainter.Style);
            PaintData(svg, y, plot, point => plot.Left + (x.Position(point.X) * plot.Width));
        }

        if (ShowsXTitle)
        {
            AxisPainter.PaintTitleBelow(svg, XTitle(plot.Width), plot, XLabelHeight(plot.Width));
        }

        if (ShowsYTitle)
        {
            AxisPainter.PaintTitleBeside(svg, y.Title, plot, YLabelWidth(y));
        }
    }

    private AxisModel X(double length) => AxisModel.Create(_figure.XAxis, _xRange, length, isVertical: false);

    private AxisModel Y(double length) => AxisModel.Create(_figure.YAxis, _yRange, length, isVertical: true);

    private string XTitle(double width) => _figure.HasCategories ? _figure.XAxis.TitleWith(null) : X(width).Title;

    private double YLabelWidth(AxisModel y) => !_figure.HasData ? 0 : y.Ticks
        .Select(tick => TextMetrics.Width(tick.Label, TickRoom.FontSize))
        .DefaultIfEmpty(0).Max();

    private double XLabelHeight(double width) =>
        _figure.HasCategories ? new CategoryLabels(_figure.Categories, width).Height : TickRoom.FontSize * TextMetrics.LineHeight;

    // How far the outermost labels of the x axis reach beyond its ends.
    private (double Before, double After) XOverhang(double width)
    {
        if (_figure.HasCategories || !_figure.HasData)
        {
            return (_figure.HasCategories ? new CategoryLabels(_figure.Categories, width).LeftOverhang : 0, 0);
        }

        var x = X(width);
        double Half(Tick tick) => TextMetrics.Width(tick.Label, TickRoom.FontSize) / 2;
        var labelled = x.Ticks.Where(tick => tick.IsMajor).ToArray();
        return (
            labelled.Select(tick => Half(tick) - (x.Position(tick.Value) * width)).DefaultIfEmpty(0).Max(),
            labelled.Select(tick => Half(tick) - ((1 - x.Position(tick.Value)) * width)).DefaultIfEmpty(0).Max());
    }

    private double CategoryCentre(FigurePoint point, Box plot)
    {
        var categories = _figure.Categories;
        int index = categories.TakeWhile(label => label != Figure.LabelOf(point)).Count();
        return plot.Left + (plot.Width / categories.Count * (index + 0.5));
    }

    private void PaintData(SvgText svg, AxisModel y, Box plot, Func<FigurePoint, double> xOf)
    {
        if (_figure.DrawsBars)
        {
            BarPainter.Paint(svg, _figure, _styles, y, plot);
        }
        else
        {
            new LinePainter(_figure, _styles, y, plot, xOf).Paint(svg);
        }
    }
}
