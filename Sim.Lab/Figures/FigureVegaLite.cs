using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Sim.Lab.Figures;

/// <summary>
/// Writes a figure as a Vega-Lite 5 specification with inline data, for pages in which a reader wants to point, filter and zoom.
/// It draws what the SVG draws: same colours, same scales, tooltips with the same words.
/// </summary>
internal static class FigureVegaLite
{
    private const string Schema = "https://vega.github.io/schema/vega-lite/v5.json";

    // The text may stand inside an HTML script element, so '<' stays escaped; nothing else outside ASCII needs to be.
    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static string Write(Figure figure) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        WriteView(json, figure, "pick", figure.Width - 200, figure.Height - 110);
        json.WriteEndObject();
    });

    public static string Write(FigureGrid grid) => Write(json =>
    {
        int columns = Math.Max(1, grid.Columns);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("title", grid.Title);
        json.WriteNumber("columns", columns);
        json.WriteStartArray("concat");
        foreach (var (index, panel) in grid.Panels.Index())
        {
            json.WriteStartObject();
            WriteView(json, panel, FormattableString.Invariant($"pick{index}"), (grid.Width - 200) / columns, grid.RowHeight - 80);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteView(Utf8JsonWriter json, Figure figure, string filter, int width, int height)
    {
        json.WriteString("title", figure.Title);
        json.WriteString("description", FigureSvg.Description(figure));
        json.WriteNumber("width", Math.Max(100, width));
        json.WriteNumber("height", Math.Max(80, height));
        json.WriteStartObject("data");
        json.WriteStartArray("values");
        foreach (var series in figure.Series)
        {
            foreach (var point in Ordered(figure, series))
            {
                WriteRow(json, figure, series, point);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        VegaLiteEncoding.Write(json, figure, filter);
    }

    private static IEnumerable<FigurePoint> Ordered(Figure figure, FigureSeries series) =>
        figure.HasCategories ? series.Points : series.Points.Where(point => double.IsFinite(point.X)).OrderBy(point => point.X);

    // A missing y is written as null, which Vega-Lite takes as a gap.
    private static void WriteRow(Utf8JsonWriter json, Figure figure, FigureSeries series, FigurePoint point)
    {
        json.WriteStartObject();
        json.WriteString("series", series.Name);
        if (figure.HasCategories)
        {
            json.WriteString("x", Figure.LabelOf(point));
        }
        else
        {
            json.WriteNumber("x", point.X);
        }

        WriteFinite(json, "y", point.Y);
        if (point.HasInterval)
        {
            json.WriteNumber("low", point.Low);
            json.WriteNumber("high", point.High);
        }

        json.WriteString("text", PointText.Of(figure, series, point));
        json.WriteEndObject();
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
