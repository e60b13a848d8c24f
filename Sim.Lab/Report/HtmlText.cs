using System.Text;
using Sim.Lab.Figures;

namespace Sim.Lab.Report;

/// <summary>
/// Builds HTML that is well-formed XML as well. Whatever comes from a study passes through <see cref="Text"/> or an attribute and is escaped;
/// <see cref="Markup"/> is for what this program wrote itself.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>Begins an element; attributes come in pairs of name and value.</summary>
    public HtmlText Open(string element, params string[] attributes)
    {
        _html.Append('<').Append(element);
        for (int i = 0; i + 1 < attributes.Length; i += 2)
            _html.Append(' ').Append(attributes[i]).Append("=\"").Append(SvgText.Escape(attributes[i + 1])).Append('"');
        _html.Append('>');
        return this;
    }

    /// <summary>Ends an element, and the line.</summary>
    public HtmlText Close(string element)
    {
        _html.Append("</").Append(element).Append(">\n");
        return this;
    }

    /// <summary>Text, escaped.</summary>
    public HtmlText Text(string text)
    {
        _html.Append(SvgText.Escape(text));
        return this;
    }

    /// <summary>An element that holds text only.</summary>
    public HtmlText Element(string element, string text, params string[] attributes) => Open(element, attributes).Text(text).Close(element);

    /// <summary>Markup as it is.</summary>
    public HtmlText Markup(string markup)
    {
        _html.Append(markup);
        return this;
    }

    public override string ToString() => _html.ToString();
}
