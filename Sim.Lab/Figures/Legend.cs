using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>The key to the series, in a column of its own beside the plot, where it can cover nothing.</summary>
internal sealed class Legend
{
    private const double FontSize = 12;
    private const double SwatchWidth = 30;
    private const double Gap = 7;
    private const double EntryGap = 6;
    private const double MaxTextWidth = 190;

    private readonly SeriesStyles _styles;
    private readonly bool _hasBars;
    private readonly IReadOnlyList<string> _title;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<string> Lines)> _entries;

    public Legend(SeriesStyles styles, string? title, bool hasBars)
    {
        _styles = styles;
        _hasBars = hasBars;
        _title = title is { Length: > 0 } ? TextMetrics.Wrap(title, MaxTextWidth + SwatchWidth, FontSize, bold: true) : [];
        _entries = styles.Names.Count > 1 || _title.Count > 0
            ? [.. styles.Names.Select(name => (name, TextMetrics.Wrap(name, MaxTextWidth, FontSize)))]
            : [];
    }

    public bool IsEmpty => _entries.Count == 0;

    public double Width => IsEmpty ? 0 : Math.Max(
        _title.Select(line => TextMetrics.Width(line, FontSize, bold: true)).DefaultIfEmpty(0).Max(),
        SwatchWidth + Gap + _entries.SelectMany(entry => entry.Lines).Select(line => TextMetrics.Width(line, FontSize)).DefaultIfEmpty(0).Max());

    public double Height => (LinePitch * (_title.Count + _entries.Sum(entry => entry.Lines.Count))) + (EntryGap * (_entries.Count + 1));

    private static double LinePitch => FontSize * TextMetrics.LineHeight;

    public void Paint(SvgText svg, double left, double top)
    {
        double baseline = top + FontSize;
        foreach (string line in _title)
        {
            svg.Label(left, baseline, line, FontSize, extra: " font-weight=\"bold\"");
            baseline += LinePitch;
        }

        baseline += _title.Count > 0 ? EntryGap : 0;
        foreach (var (name, lines) in _entries)
        {
            PaintSwatch(svg, _styles[name], left, baseline - (FontSize * TextMetrics.HalfCap));
            foreach (string line in lines)
            {
                svg.Label(left + SwatchWidth + Gap, baseline, line, FontSize);
                baseline += LinePitch;
            }

            baseline += EntryGap;
        }
    }

    private void PaintSwatch(SvgText svg, SeriesStyle style, double left, double middle)
    {
        if (_hasBars)
        {
            BarPainter.PaintBar(svg, new Box(left + 8, middle - 6, left + SwatchWidth, middle + 6), style, tooltip: null);
            return;
        }

        svg.Path($"M{SvgText.N(left)} {SvgText.N(middle)}h{SvgText.N(SwatchWidth)}", style.LineStyle);
        svg.Path(MarkerShape.At(style.Marker, left + (SwatchWidth / 2), middle), style.MarkerStyle);
    }
}
