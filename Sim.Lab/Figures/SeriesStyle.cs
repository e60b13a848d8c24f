using System.Collections.Generic;

namespace Sim.Lab.Figures;

/// <summary>
/// How the n-th series looks. Colours are those of Okabe and Ito (Color Universal Design, 2008), distinct under every common colour
/// blindness; their yellow, too pale for a line on white, is replaced by grey. Marker, filling and dash change with periods
/// that do not divide one another, so that any two of the first 48 series differ in print without colour.
/// </summary>
internal sealed record SeriesStyle(string Colour, int Marker, bool IsHollow, string Dash, int Hatch)
{
    /// <summary>The colours, in the order in which they are given out.</summary>
    public static readonly IReadOnlyList<string> Colours =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7F7F7F"];

    private static readonly string[] _dashes = ["", "7 3", "2 2.5", "9 3 2 3", "12 4", "5 2 1.5 2 1.5 2"];

    public static SeriesStyle Of(int index) => new(
        Colours[index % Colours.Count],
        index % MarkerShape.Count,
        index / MarkerShape.Count % 2 == 1,
        _dashes[index % _dashes.Length],
        index % HatchPattern.Count);

    public string LineStyle =>
        $"fill=\"none\" stroke=\"{Colour}\" stroke-width=\"1.8\" stroke-linejoin=\"round\"" +
        (Dash.Length > 0 ? $" stroke-dasharray=\"{Dash}\"" : "");

    public string MarkerStyle => MarkerShape.IsStroke(Marker)
        ? $"fill=\"none\" stroke=\"{Colour}\" stroke-width=\"{(IsHollow ? "1.1" : "1.8")}\""
        : IsHollow
            ? $"fill=\"#fff\" stroke=\"{Colour}\" stroke-width=\"1.4\""
            : $"fill=\"{Colour}\" stroke=\"#fff\" stroke-width=\"0.7\"";
}
