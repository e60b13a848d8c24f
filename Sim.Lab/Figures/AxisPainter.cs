namespace Sim.Lab.Figures;

/// <summary>Draws the ticks, the grid behind the data and the titles of axes.</summary>
internal static class AxisPainter
{
    /// <summary>Distance of tick labels from their axis.</summary>
    public const double LabelOffset = TickLength + 4;

    /// <summary>The look of axis lines and ticks.</summary>
    public const string Style = "fill=\"none\" stroke=\"#333\"";

    private const double TitleSize = 13;
    private const double TitleGap = 8;
    private const double TickLength = 5;
    private const double MinorTickLength = 3;

    private static double TitlePitch => TitleSize * TextMetrics.LineHeight;

    /// <summary>The room that a title takes beyond the tick labels.</summary>
    public static double TitleRoom(string title, double length) => TitleGap + (TextMetrics.Wrap(title, length, TitleSize).Count * TitlePitch);

    public static void PaintHorizontal(SvgText svg, AxisModel x, Box plot)
    {
        foreach (var tick in x.Ticks)
        {
            double at = plot.Left + (x.Position(tick.Value) * plot.Width);
            PaintTick(svg, $"M{SvgText.N(at)} {SvgText.N(plot.Bottom)}", "V" + SvgText.N(plot.Top), "v", 1, tick);
            if (tick.IsMajor)
            {
                svg.Label(at, plot.Bottom + LabelOffset + (TickRoom.FontSize * 0.8), tick.Label, TickRoom.FontSize, "middle");
            }
        }

        if (x.HasBreak)
        {
            svg.Path($"M{SvgText.N(plot.Left + (x.BreakPosition * plot.Width))} {SvgText.N(plot.Bottom + 5)}l4 -10m4 0l-4 10", Style);
        }
    }

    public static void PaintVertical(SvgText svg, AxisModel y, Box plot)
    {
        foreach (var tick in y.Ticks)
        {
            double at = plot.Bottom - (y.Position(tick.Value) * plot.Height);
            PaintTick(svg, $"M{SvgText.N(plot.Left)} {SvgText.N(at)}", "H" + SvgText.N(plot.Right), "h", -1, tick);
            if (tick.IsMajor)
            {
                svg.Label(plot.Left - LabelOffset, at + (TickRoom.FontSize * TextMetrics.HalfCap), tick.Label, TickRoom.FontSize, "end");
            }
        }

        if (y.HasBreak)
        {
            svg.Path($"M{SvgText.N(plot.Left - 5)} {SvgText.N(plot.Bottom - (y.BreakPosition * plot.Height))}l10 -4m0 -4l-10 4", Style);
        }

        if (y.Foot > 0)
        {
            svg.Path($"M{SvgText.N(plot.Left)} {SvgText.N(plot.Bottom - (y.Foot * plot.Height))}H{SvgText.N(plot.Right)}", "stroke=\"#999\"");
        }
    }

    private static void PaintTick(SvgText svg, string start, string across, string direction, int sign, Tick tick)
    {
        svg.Path(start + across, tick.IsMajor ? "stroke=\"#e2e2e2\"" : "stroke=\"#f3f3f3\"");
        svg.Path(start + direction + SvgText.N(sign * (tick.IsMajor ? TickLength : MinorTickLength)), Style);
    }

    public static void PaintTitleBelow(SvgText svg, string title, Box plot, double labelHeight)
    {
        double baseline = plot.Bottom + LabelOffset + labelHeight + TitleGap + (TitleSize * 0.8);
        foreach (string line in TextMetrics.Wrap(title, plot.Width, TitleSize))
        {
            svg.Label((plot.Left + plot.Right) / 2, baseline, line, TitleSize, "middle");
            baseline += TitlePitch;
        }
    }

    public static void PaintTitleBeside(SvgText svg, string title, Box plot, double labelWidth)
    {
        var lines = TextMetrics.Wrap(title, plot.Height, TitleSize);
        double x = plot.Left - LabelOffset - labelWidth - TitleGap - ((lines.Count - 1) * TitlePitch);
        foreach (string line in lines)
        {
            svg.Label(x, (plot.Top + plot.Bottom) / 2, line, TitleSize, "middle", rotate: -90);
            x += TitlePitch;
        }
    }
}
