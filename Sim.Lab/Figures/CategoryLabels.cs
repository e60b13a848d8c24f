using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>Sets the labels of a category axis: side by side where they fit, on up to three lines, else slanted, and only as many as there is room for.</summary>
internal sealed class CategoryLabels
{
    private const double FontSize = TickRoom.FontSize;
    private const double Slant = -35;
    private const int MostLines = 3;

    private readonly IReadOnlyList<IReadOnlyList<string>> _labels;
    private readonly double _band;
    private readonly bool _isSlanted;

    public CategoryLabels(IReadOnlyList<string> categories, double width)
    {
        _band = width / Math.Max(1, categories.Count);
        _labels = [.. categories.Select(label => TextMetrics.Wrap(label, Math.Max(1, _band - 8), FontSize))];
        _isSlanted = _labels.Any(lines => lines.Count > MostLines) || categories.Any(label => LongestWord(label) > _band - 8);
        if (_isSlanted)
        {
            _labels = [.. categories.Select(label => (IReadOnlyList<string>)[label])];
        }
    }

    private static double Sine => Math.Sin(-Slant * Math.PI / 180);

    private static double Cosine => Math.Cos(-Slant * Math.PI / 180);

    /// <summary>Room that the labels take below the axis.</summary>
    public double Height => _isSlanted
        ? (Longest * Sine) + (FontSize * Cosine)
        : _labels.Select(lines => lines.Count).DefaultIfEmpty(1).Max() * FontSize * TextMetrics.LineHeight;

    /// <summary>How far slanted labels reach beyond the left end of the axis.</summary>
    public double LeftOverhang => !_isSlanted ? 0 : _labels
        .Select((lines, index) => (TextMetrics.Width(lines[0], FontSize) * Cosine) - (_band * (index + 0.5)))
        .DefaultIfEmpty(0).Max();

    private double Longest => _labels.SelectMany(lines => lines).Select(line => TextMetrics.Width(line, FontSize)).DefaultIfEmpty(0).Max();

    public void Paint(SvgText svg, Box plot, double top)
    {
        int stride = _isSlanted ? (int)Math.Ceiling(FontSize / (_band * Sine)) : 1;
        for (int i = 0; i < _labels.Count; i += stride)
        {
            double centre = plot.Left + (_band * (i + 0.5));
            if (_isSlanted)
            {
                svg.Label(centre + 4, top + (FontSize * 0.8), _labels[i][0], FontSize, "end", rotate: Slant);
                continue;
            }

            for (int line = 0; line < _labels[i].Count; line++)
            {
                svg.Label(centre, top + FontSize + (line * FontSize * TextMetrics.LineHeight), _labels[i][line], FontSize, "middle");
            }
        }
    }

    // The widest piece that wrapping cannot break.
    private static double LongestWord(string label) =>
        label.Split([' ', ',', '-', '/', ';', '_', '(']).Max(word => TextMetrics.Width(word + "-", FontSize));
}
