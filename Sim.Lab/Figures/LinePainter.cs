using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Sim.Lab.Figures;

/// <summary>Draws series as lines with markers over confidence bands. A missing value interrupts both.</summary>
internal sealed class LinePainter
{
    private const int MostMarkers = 40;

    private readonly Figure _figure;
    private readonly SeriesStyles _styles;
    private readonly AxisModel _y;
    private readonly Box _plot;
    private readonly Func<FigurePoint, double> _xOf;

    public LinePainter(Figure figure, SeriesStyles styles, AxisModel y, Box plot, Func<FigurePoint, double> xOf)
    {
        _figure = figure;
        _styles = styles;
        _y = y;
        _plot = plot;
        _xOf = xOf;
    }

    /// <summary>Bands first, then lines, then markers, so that no band dulls another series' line.</summary>
    public void Paint(SvgText svg)
    {
        var drawn = _figure.Series.Select(series => (Series: series, Runs: RunsOf(series))).ToArray();
        foreach (var (series, runs) in drawn)
        {
            foreach (var run in runs)
            {
                PaintBand(svg, run, _styles[series.Name]);
            }
        }

        foreach (var (series, runs) in drawn)
        {
            foreach (var run in runs.Where(run => run.Count > 1))
            {
                svg.Path("M" + string.Join('L', run.Select(point => At(point, point.Y))), _styles[series.Name].LineStyle);
            }
        }

        for (int i = 0; i < drawn.Length; i++)
        {
            PaintMarkers(svg, drawn[i].Series, [.. drawn[i].Runs.SelectMany(run => run)], i);
        }
    }

    // The longest stretches of points without a missing value, by ascending x.
    private List<List<FigurePoint>> RunsOf(FigureSeries series)
    {
        var runs = new List<List<FigurePoint>>();
        bool continues = false;
        var points = series.Points.Where(point => _figure.HasCategories || double.IsFinite(point.X));
        foreach (var point in points.OrderBy(_xOf))
        {
            bool isThere = double.IsFinite(point.Y);
            if (isThere && continues)
            {
                runs[^1].Add(point);
            }
            else if (isThere)
            {
                runs.Add([point]);
            }

            continues = isThere;
        }

        return runs;
    }

    private void PaintBand(SvgText svg, List<FigurePoint> run, SeriesStyle style)
    {
        for (int start = 0; start < run.Count; start++)
        {
            int end = start;
            while (end < run.Count && run[end].HasInterval)
            {
                end++;
            }

            if (end - start == 1)
            {
                BarPainter.PaintWhisker(svg, run[start], _y, _plot, _xOf(run[start]), 4);
            }
            else if (end > start)
            {
                var part = run[start..end];
                var outline = new StringBuilder("M").AppendJoin('L', part.Select(point => At(point, point.High)));
                outline.Append('L').AppendJoin('L', part.AsEnumerable().Reverse().Select(point => At(point, point.Low))).Append('z');
                svg.Path(outline.ToString(), $"fill=\"{style.Colour}\" fill-opacity=\"0.16\"");
            }

            start = end;
        }
    }

    // Of a dense series only some points get a marker, other ones than in the neighbouring series.
    private void PaintMarkers(SvgText svg, FigureSeries series, IReadOnlyList<FigurePoint> points, int index)
    {
        var style = _styles[series.Name];
        int stride = Math.Max(1, (int)Math.Ceiling(points.Count / (double)MostMarkers));
        stride = stride > 1 ? stride * 2 : 1;
        for (int i = index * stride / _figure.Series.Count; i < points.Count; i += stride)
        {
            double y = _plot.Bottom - (_y.Position(points[i].Y) * _plot.Height);
            svg.Path(MarkerShape.At(style.Marker, _xOf(points[i]), y), style.MarkerStyle, PointText.Of(_figure, series, points[i]));
        }
    }

    private string At(FigurePoint point, double y) =>
        $"{SvgText.N(_xOf(point))} {SvgText.N(_plot.Bottom - (_y.Position(y) * _plot.Height))}";
}
