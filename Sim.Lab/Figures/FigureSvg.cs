using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>
/// Renders a figure as an SVG document.
/// <code>
///   +--------------------------------------+
///   | title                                |
///   | y |                      | | legend  |
///   |   |         plot         | |         |
///   |   +----------------------+           |
///   |              x                       |
///   | notes                                |
///   +--------------------------------------+
/// </code>
/// </summary>
internal static class FigureSvg
{
    // Labels that would squeeze the plot below this size make the sheet larger instead.
    private const double LeastPlotWidth = 160;
    private const double LeastPlotHeight = 90;
    private const int MostRounds = 4;

    public static string Render(Figure figure)
    {
        var styles = new SeriesStyles([figure]);
        var legend = new Legend(styles, figure.LegendTitle, figure.DrawsBars);
        var area = new PlotArea(figure, styles, DataRange.OfX([figure]), DataRange.OfY([figure]));
        string[] notes = [.. new[] { figure.Note }.OfType<string>(), .. area.Notes];
        var page = new SvgPage(figure.Title, notes, legend, figure.Width, figure.Height);
        var plot = PlotIn(page, area);
        for (int round = 0; round < MostRounds && (plot.Width < LeastPlotWidth || plot.Height < LeastPlotHeight); round++)
        {
            double width = page.Width + Math.Max(0, LeastPlotWidth - plot.Width);
            double height = page.Height + Math.Max(0, LeastPlotHeight - plot.Height);
            page = new SvgPage(figure.Title, notes, legend, width, height);
            plot = PlotIn(page, area);
        }

        var svg = page.Open(Description(figure));
        area.Paint(svg, plot);
        return page.Close(svg);
    }

    private static Box PlotIn(SvgPage page, PlotArea area)
    {
        var body = page.Body;
        var insets = area.Measure(body.Width, body.Height);
        return new Box(body.Left + insets.Left, body.Top, body.Right - insets.Right, body.Bottom - insets.Bottom);
    }

    /// <summary>The figure in words, for readers who do not see it.</summary>
    public static string Description(Figure figure)
    {
        string kind = figure.DrawsBars ? "Bar chart" : "Line chart";
        string axes = $"{kind} of {figure.YAxis.TitleWith(null)} against {figure.XAxis.TitleWith(null)}";
        if (!figure.HasData)
        {
            return axes + ", without data.";
        }

        int points = figure.Series.Sum(series => series.Points.Count(figure.IsDrawable));
        IEnumerable<string> names = figure.Series.Select(series => series.Name).Where(name => name.Length > 0);
        string series = figure.Series.Count == 1 ? "one series" : $"{figure.Series.Count} series";
        return FormattableString.Invariant($"{axes}: {series} ({string.Join(", ", names)}), {points} points.");
    }
}
