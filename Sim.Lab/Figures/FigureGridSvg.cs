using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>Renders a grid of figures as one SVG document. Axis titles stand at the left and lower edge of the grid only.</summary>
internal static class FigureGridSvg
{
    public static string Render(FigureGrid grid)
    {
        int columns = Math.Clamp(grid.Columns, 1, Math.Max(1, grid.Panels.Count));
        int rows = Math.Max(1, (grid.Panels.Count + columns - 1) / columns);
        var styles = new SeriesStyles(grid.Panels);
        var areas = grid.Panels.Select((panel, index) => Area(grid, panel, index, columns, styles)).ToArray();
        var legend = new Legend(styles, grid.LegendTitle, grid.Panels.Count > 0 && grid.Panels.All(panel => panel.DrawsBars));
        string[] notes = [.. new[] { grid.Note }.OfType<string>().Concat(areas.SelectMany(area => area.Notes)).Distinct()];
        var page = new SvgPage(grid.Title, notes, legend, grid.Width, (rows * grid.RowHeight) + 60);
        string[] titles = [.. grid.Panels.Select(panel => panel.Title)];
        var layout = new GridLayout(page.Body, areas, titles, columns, rows);
        if (layout.LackingWidth > 0 || layout.LackingHeight > 0)
        {
            page = new SvgPage(grid.Title, notes, legend, page.Width + layout.LackingWidth, page.Height + layout.LackingHeight);
            layout = new GridLayout(page.Body, areas, titles, columns, rows);
        }

        var svg = page.Open(string.Join(" ", grid.Panels.Select(panel => $"{panel.Title}: {FigureSvg.Description(panel)}")));
        for (int i = 0; i < areas.Length; i++)
        {
            layout.PaintTitle(svg, i);
            areas[i].Paint(svg, layout.PlotOf(i));
        }

        if (areas.Length == 0)
        {
            svg.Label((page.Body.Left + page.Body.Right) / 2, (page.Body.Top + page.Body.Bottom) / 2, "no data", 14, "middle", " fill=\"#666\"");
        }

        return page.Close(svg);
    }

    private static PlotArea Area(FigureGrid grid, Figure panel, int index, int columns, SeriesStyles styles)
    {
        IReadOnlyList<Figure> shown = grid.SharesAxes ? grid.Panels : [panel];
        return new PlotArea(panel, styles, DataRange.OfX(shown), DataRange.OfY(shown))
        {
            ShowsYTitle = index % columns == 0,
            ShowsXTitle = index + columns >= grid.Panels.Count,
        };
    }
}
