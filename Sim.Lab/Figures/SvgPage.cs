using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>The sheet that a figure stands on: its size, title, notes and legend, and the body left for plots.</summary>
internal sealed class SvgPage
{
    // Helvetica and Arial first: journals embed them. DejaVu is what a bare Linux machine has.
    private const string FontStack = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
    private const double TitleSize = 15;
    private const double NoteSize = 11;
    private const double Edge = 14;
    private const double LegendGap = 20;
    private const double LeastBodyWidth = 180;
    private const double LeastBodyHeight = 130;

    private readonly string _title;
    private readonly IReadOnlyList<string> _titleLines;
    private readonly IReadOnlyList<string> _noteLines;
    private readonly Legend _legend;

    public SvgPage(string title, IEnumerable<string> notes, Legend legend, double width, double height)
    {
        _title = title;
        _legend = legend;
        double beside = legend.IsEmpty ? 0 : legend.Width + LegendGap;
        Width = Math.Max(width, beside + LeastBodyWidth + (2 * Edge));
        double inner = Width - (2 * Edge);
        _titleLines = title.Trim().Length > 0 ? TextMetrics.Wrap(title, inner, TitleSize, bold: true) : [];
        _noteLines = [.. notes.SelectMany(note => TextMetrics.Wrap(note, inner, NoteSize))];
        double least = legend.IsEmpty ? LeastBodyHeight : legend.Height;
        Height = Math.Max(height, TitleHeight + NoteHeight + least + (2 * Edge));
        Body = new Box(Edge, Edge + TitleHeight, Width - Edge - beside, Height - Edge - NoteHeight);
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>What is left for plots and their axes.</summary>
    public Box Body { get; }

    private double TitleHeight => _titleLines.Count == 0 ? 6 : (_titleLines.Count * TitleSize * TextMetrics.LineHeight) + 14;

    private double NoteHeight => _noteLines.Count == 0 ? 0 : (_noteLines.Count * NoteSize * TextMetrics.LineHeight) + 6;

    /// <summary>Begins the document and paints all but the plots.</summary>
    public SvgText Open(string description)
    {
        var svg = new SvgText();
        string name = SvgText.Escape(_title);
        string size = $"width=\"{SvgText.N(Width)}\" height=\"{SvgText.N(Height)}\" viewBox=\"0 0 {SvgText.N(Width)} {SvgText.N(Height)}\"";
        string look = $"font-family=\"{FontStack}\" fill=\"#222\"";
        svg.Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} {look} role=\"img\" aria-label=\"{name}\">");
        svg.Line($"<title>{name}</title>");
        svg.Line($"<desc>{SvgText.Escape(description)}</desc>");
        svg.Line($"<rect width=\"{SvgText.N(Width)}\" height=\"{SvgText.N(Height)}\" fill=\"#fff\"/>");
        for (int i = 0; i < _titleLines.Count; i++)
        {
            svg.Label(Edge, Edge + TitleSize + (i * TitleSize * TextMetrics.LineHeight), _titleLines[i], TitleSize, extra: " font-weight=\"bold\"");
        }

        for (int i = 0; i < _noteLines.Count; i++)
        {
            double baseline = Height - Edge - ((_noteLines.Count - 1 - i) * NoteSize * TextMetrics.LineHeight);
            svg.Label(Edge, baseline, _noteLines[i], NoteSize, extra: " fill=\"#555\"");
        }

        if (!_legend.IsEmpty)
        {
            _legend.Paint(svg, Body.Right + LegendGap, Body.Top);
        }

        return svg;
    }

    /// <summary>Ends the document.</summary>
    public string Close(SvgText svg) => svg.Line("</svg>").ToString();
}
