using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sim.Lab.Figures;

namespace Sim.Tests.Figures;

/// <summary>Reads a rendered figure back: its texts and the boxes that they fill by the estimate.</summary>
internal sealed class SvgProbe
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    public SvgProbe(string svg)
    {
        Root = XDocument.Parse(svg).Root!;
    }

    public XElement Root { get; }

    public double Width => Number(Root, "width");

    public double Height => Number(Root, "height");

    public IEnumerable<XElement> Texts => Root.Descendants(_svg + "text");

    public IEnumerable<XElement> Paths => Root.Descendants(_svg + "path");

    public IEnumerable<string> Tooltips => Paths.Elements(_svg + "title").Select(title => title.Value);

    /// <summary>Labels under the x axis, from left to right: centred, unrotated, set in the type size of ticks.</summary>
    public string[] XLabels => Ticks("middle").OrderBy(text => Number(text, "x")).Select(text => text.Value).ToArray();

    /// <summary>Labels beside the y axis, from below upward.</summary>
    public string[] YLabels => Ticks("end").OrderByDescending(text => Number(text, "y")).Select(text => text.Value).ToArray();

    /// <summary>The box around a text, rotation included.</summary>
    public static (double Left, double Top, double Right, double Bottom) BoxOf(XElement text)
    {
        double size = Number(text, "font-size");
        double width = TextMetrics.Width(text.Value, size, text.Attribute("font-weight") is not null);
        double x = Number(text, "x");
        double y = Number(text, "y");
        double left = (string?)text.Attribute("text-anchor") switch { "middle" => -width / 2, "end" => -width, _ => 0 };
        var turn = Regex.Match((string?)text.Attribute("transform") ?? "", @"rotate\((\S+)");
        double angle = turn.Success ? double.Parse(turn.Groups[1].Value, CultureInfo.InvariantCulture) * Math.PI / 180 : 0;
        var corners = new[] { (left, -0.8 * size), (left + width, -0.8 * size), (left, 0.22 * size), (left + width, 0.22 * size) }
            .Select(corner => (
                X: x + (corner.Item1 * Math.Cos(angle)) - (corner.Item2 * Math.Sin(angle)),
                Y: y + (corner.Item1 * Math.Sin(angle)) + (corner.Item2 * Math.Cos(angle)))).ToArray();
        return (corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y));
    }

    public static double Number(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    private IEnumerable<XElement> Ticks(string anchor) => Texts.Where(text =>
        (string?)text.Attribute("text-anchor") == anchor && (string?)text.Attribute("font-size") == "12" && text.Attribute("transform") is null);
}
