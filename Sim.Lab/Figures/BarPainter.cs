using System;
using System.Collections.Generic;

namespace Sim.Lab.Figures;

/// <summary>Draws series as groups of bars, one group a category, with whiskers for the intervals.</summary>
internal static class BarPainter
{
    private const double GroupShare = 0.8;
    private const double WidestBar = 56;

    public static void Paint(SvgText svg, Figure figure, SeriesStyles styles, AxisModel y, Box plot)
    {
        var categories = figure.Categories;
        double band = plot.Width / Math.Max(1, categories.Count);
        double width = Math.Min(WidestBar, band * GroupShare / Math.Max(1, figure.Series.Count));
        double foot = plot.Bottom - (y.Foot * plot.Height);
        for (int series = 0; series < figure.Series.Count; series++)
        {
            double offset = (series - (figure.Series.Count / 2.0)) * width;
            foreach (var point in figure.Series[series].Points)
            {
                if (figure.IsDrawable(point))
                {
                    double left = plot.Left + (band * (IndexOf(categories, Figure.LabelOf(point)) + 0.5)) + offset;
                    double end = plot.Bottom - (y.Position(point.Y) * plot.Height);
                    var bar = new Box(left, Math.Min(foot, end), left + width, Math.Max(foot, end));
                    PaintBar(svg, bar, styles[figure.Series[series].Name], PointText.Of(figure, figure.Series[series], point));
                    PaintWhisker(svg, point, y, plot, left + (width / 2), Math.Min(5, width / 3));
                }
            }
        }
    }

    public static void PaintBar(SvgText svg, Box bar, SeriesStyle style, string? tooltip)
    {
        string outline = $"M{SvgText.N(bar.Left)} {SvgText.N(bar.Top)}H{SvgText.N(bar.Right)}V{SvgText.N(bar.Bottom)}H{SvgText.N(bar.Left)}z";
        svg.Path(outline, $"fill=\"{style.Colour}\" stroke=\"#333\" stroke-width=\"0.8\"", tooltip);
        string hatch = HatchPattern.Inside(style.Hatch, bar);
        if (hatch.Length > 0)
        {
            svg.Path(hatch, "fill=\"none\" stroke=\"#fff\" stroke-width=\"1.3\" pointer-events=\"none\"");
        }
    }

    /// <summary>An interval as a vertical line with caps.</summary>
    public static void PaintWhisker(SvgText svg, FigurePoint point, AxisModel y, Box plot, double x, double cap)
    {
        if (!point.HasInterval)
        {
            return;
        }

        double low = plot.Bottom - (y.Position(point.Low) * plot.Height);
        double high = plot.Bottom - (y.Position(point.High) * plot.Height);
        string left = SvgText.N(x - cap);
        string across = SvgText.N(cap * 2);
        string caps = $"M{left} {SvgText.N(high)}h{across}M{left} {SvgText.N(low)}h{across}";
        svg.Path($"{caps}M{SvgText.N(x)} {SvgText.N(high)}V{SvgText.N(low)}", AxisPainter.Style);
    }

    private static int IndexOf(IReadOnlyList<string> categories, string label)
    {
        int index = 0;
        while (categories[index] != label)
        {
            index++;
        }

        return index;
    }
}
