using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Sim.Lab.Figures;

/// <summary>The layers and channels of a figure's Vega-Lite specification.</summary>
internal static class VegaLiteEncoding
{
    /// <summary>Writes encoding and layers; <paramref name="filter"/> names the selection made in the legend, unique in its document.</summary>
    public static void Write(Utf8JsonWriter json, Figure figure, string filter)
    {
        json.WriteStartObject("encoding");
        WriteX(json, figure);
        if (figure.DrawsBars)
        {
            json.WriteStartObject("xOffset");
            json.WriteString("field", "series");
            WriteArray(json, "sort", new SeriesStyles([figure]).Names);
            json.WriteEndObject();
        }

        WriteColour(json, figure);
        json.WriteEndObject();
        json.WriteStartArray("layer");
        if (figure.DrawsBars)
        {
            WriteLayer(json, figure, filter, "{\"type\":\"bar\",\"tooltip\":true}", "y", hasPick: true);
            WriteLayer(json, figure, filter, "{\"type\":\"rule\",\"color\":\"#333\"}", "interval", hasPick: false);
        }
        else
        {
            WriteLayer(json, figure, filter, "{\"type\":\"area\",\"opacity\":0.16}", "interval", hasPick: false);
            WriteLayer(json, figure, filter, "{\"type\":\"line\",\"invalid\":\"break-paths-show-path-domains\"}", "y", hasPick: false);
            WriteLayer(json, figure, filter, "{\"type\":\"point\",\"filled\":true,\"size\":45}", "y", hasPick: true);
        }

        json.WriteEndArray();
    }

    private static void WriteX(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartObject("x");
        json.WriteString("field", "x");
        json.WriteString("type", figure.HasCategories ? "nominal" : "quantitative");
        json.WriteString("title", AxisTitle(figure.XAxis));
        if (figure.HasCategories)
        {
            WriteArray(json, "sort", figure.Categories);
        }
        else
        {
            WriteScale(json, figure.XAxis, DataRange.OfX([figure]), startsAtZero: false);
        }

        json.WriteEndObject();
    }

    private static void WriteColour(Utf8JsonWriter json, Figure figure)
    {
        var styles = new SeriesStyles([figure]);
        json.WriteStartObject("color");
        json.WriteString("field", "series");
        json.WriteString("type", "nominal");
        json.WriteString("title", figure.LegendTitle ?? "");
        json.WriteStartObject("scale");
        WriteArray(json, "domain", styles.Names);
        WriteArray(json, "range", styles.Names.Select(name => styles[name].Colour));
        json.WriteEndObject();
        // Else the legend is as pale as the intervals.
        json.WritePropertyName("legend");
        json.WriteRawValue("{\"symbolOpacity\":1}");
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, Figure figure, string filter, string mark, string kind, bool hasPick)
    {
        json.WriteStartObject();
        if (hasPick)
        {
            json.WritePropertyName("params");
            json.WriteRawValue($"[{{\"name\":\"{filter}\",\"select\":{{\"type\":\"point\",\"fields\":[\"series\"]}},\"bind\":\"legend\"}}]");
        }

        json.WritePropertyName("mark");
        json.WriteRawValue(mark);
        json.WriteStartObject("encoding");
        bool isInterval = kind == "interval";
        json.WriteStartObject("y");
        json.WriteString("field", isInterval ? "low" : "y");
        json.WriteString("type", "quantitative");
        json.WriteString("title", AxisTitle(figure.YAxis));
        WriteScale(json, figure.YAxis, DataRange.OfY([figure]), startsAtZero: figure.DrawsBars);
        json.WriteEndObject();
        if (isInterval)
        {
            json.WriteStartObject("y2");
            json.WriteString("field", "high");
            json.WriteEndObject();
        }

        json.WritePropertyName("opacity");
        string opacity = isInterval && !figure.DrawsBars ? "0.16" : "1";
        json.WriteRawValue($"{{\"condition\":{{\"param\":\"{filter}\",\"value\":{opacity}}},\"value\":0.05}}");
        json.WritePropertyName("tooltip");
        json.WriteRawValue("{\"field\":\"text\",\"type\":\"nominal\"}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteScale(Utf8JsonWriter json, FigureAxis axis, DataRange range, bool startsAtZero)
    {
        bool isLog = axis.Scale != FigureScale.Linear && range is { HasPositive: true, HasNegative: false };
        json.WriteStartObject("scale");
        if (isLog && range.HasZero)
        {
            json.WriteString("type", "symlog");
            json.WriteNumber("constant", range.LeastPositive);
        }
        else if (isLog)
        {
            json.WriteString("type", "log");
            json.WriteNumber("base", LogTicks.Radix(axis));
        }
        else
        {
            json.WriteString("type", "linear");
            json.WriteBoolean("zero", startsAtZero || (!range.IsEmpty && range.Least >= 0 && range.Least <= range.Greatest * 0.6));
        }

        json.WriteEndObject();
        json.WriteStartObject("axis");
        json.WriteString("labelExpr", LabelExpression(axis.Format));
        json.WriteEndObject();
    }

    // Vega's own formats know SI prefixes only; byte and time labels are expressions over the tick's value.
    private static string LabelExpression(FigureFormat format) => format switch
    {
        FigureFormat.Bytes =>
            "abs(datum.value) >= 1099511627776 ? format(datum.value / 1099511627776, '.4~g') + ' TiB' : " +
            "abs(datum.value) >= 1073741824 ? format(datum.value / 1073741824, '.4~g') + ' GiB' : " +
            "abs(datum.value) >= 1048576 ? format(datum.value / 1048576, '.4~g') + ' MiB' : " +
            "abs(datum.value) >= 1024 ? format(datum.value / 1024, '.4~g') + ' KiB' : format(datum.value, '.4~g') + ' B'",
        FigureFormat.Time =>
            "abs(datum.value) >= 1e9 ? format(datum.value / 1e9, '.4~g') + ' s' : " +
            "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, '.4~g') + ' ms' : " +
            "abs(datum.value) >= 1e3 ? format(datum.value / 1e3, '.4~g') + ' µs' : format(datum.value, '.4~g') + ' ns'",
        FigureFormat.Percent => "format(datum.value, '.4~%')",
        _ => "format(datum.value, '.4~g')",
    };

    private static string AxisTitle(FigureAxis axis) => axis.TitleWith(null);

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
