using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Text;

namespace Sim.Lab.Notebooks;

/// <summary>
/// Chooses the form in which a notebook shows a value: the formatters that cells register first, then the value's own HTML, then
/// tables and text.
/// </summary>
internal sealed class DisplayFormatter
{
    private const int MostRows = 50;

    private readonly List<(Type Type, string MimeType, Func<object, string> Write)> _registered = [];

    /// <summary>A formatter registered later stands before an earlier one.</summary>
    public void Register(Type type, string mimeType, Func<object, string> write) => _registered.Insert(0, (type, mimeType, write));

    public MimeText Format(object? value, string? mimeType = null)
    {
        if (value is null)
        {
            return new(mimeType ?? MimeText.Plain, "<null>");
        }

        foreach (var (type, registered, write) in _registered)
        {
            if (type.IsInstanceOfType(value) && (mimeType ?? registered) == registered)
            {
                return new(registered, write(value));
            }
        }

        return value switch
        {
            IHtmlDisplay display when mimeType is null or MimeText.Html => new(MimeText.Html, display.ToHtml()),
            IHtmlDisplay display when mimeType == MimeText.Plain => new(MimeText.Plain, display.ToHtml()),
            IEnumerable rows when value is not string && mimeType is null or MimeText.Html =>
                new(MimeText.Html, Table([.. rows.Cast<object?>()])),
            _ => new(mimeType ?? MimeText.Plain, Text(value)),
        };
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "<null>";

    private static string Cell(object? value) => WebUtility.HtmlEncode(value is null ? "<null>" : Text(value));

    // Simple values make one column; anything else one column a property.
    private static string Table(IReadOnlyList<object?> rows)
    {
        var first = rows.FirstOrDefault(row => row is not null)?.GetType();
        bool isSimple = first is null || first.IsPrimitive || first == typeof(string) || typeof(IFormattable).IsAssignableFrom(first);
        var properties = isSimple
            ? []
            : first!.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanRead && p.GetIndexParameters().Length == 0).ToArray();
        var html = new StringBuilder("<table>");
        if (properties.Length > 0)
        {
            html.Append("<thead><tr>").AppendJoin("", properties.Select(p => $"<th>{Cell(p.Name)}</th>")).Append("</tr></thead>");
        }

        html.Append("<tbody>");
        foreach (object? row in rows.Take(MostRows))
        {
            var cells = properties.Length == 0 || row?.GetType() != first ? [row] : properties.Select(p => p.GetValue(row));
            html.Append("<tr>").AppendJoin("", cells.Select(cell => $"<td>{Cell(cell)}</td>")).Append("</tr>");
        }

        html.Append("</tbody></table>");
        return rows.Count > MostRows
            ? html.Append(CultureInfo.InvariantCulture, $"<p>({rows.Count - MostRows} more)</p>").ToString()
            : html.ToString();
    }
}
