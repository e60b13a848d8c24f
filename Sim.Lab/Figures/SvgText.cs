using System;
using System.Globalization;
using System.Text;

namespace Sim.Lab.Figures;

/// <summary>Builds an SVG document as text: numbers in the invariant culture with two decimals, content escaped, one element a line.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    /// <summary>A coordinate. Two decimals of a pixel are below what any device shows, and hide last-bit differences.</summary>
    public static string N(double value)
    {
        double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Text made safe for content and attributes; characters that XML forbids are dropped.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            bool isPair = char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
            {
                safe.Append(letter).Append(text[++i]);
                continue;
            }

            safe.Append(letter switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\n' or '\r' or '\t' => " ",
                < ' ' or (>= '\uD800' and <= '\uDFFF') or '\uFFFE' or '\uFFFF' => "",
                _ => letter.ToString(),
            });
        }

        return safe.ToString();
    }

    public SvgText Line(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    /// <summary>A path. <paramref name="style"/> is attributes, written as they are; a tooltip makes it an element with a title.</summary>
    public void Path(string data, string style, string? tooltip = null) =>
        Line(tooltip is null
            ? $"<path d=\"{data}\" {style}/>"
            : $"<path d=\"{data}\" {style}><title>{Escape(tooltip)}</title></path>");

    /// <summary>A line of text whose baseline passes through (x, y).</summary>
    public void Label(double x, double y, string text, double size, string anchor = "start", string extra = "", double rotate = 0)
    {
        string turn = rotate == 0 ? "" : $" transform=\"rotate({N(rotate)} {N(x)} {N(y)})\"";
        Line($"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\" text-anchor=\"{anchor}\"{turn}{extra}>{Escape(text)}</text>");
    }

    public override string ToString() => _text.ToString();
}
