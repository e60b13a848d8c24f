using System;
using System.Text;

namespace Sim.Lab.Figures;

/// <summary>
/// Hatching of bars, for readers without colour. The strokes are computed and cut at the bar's edge here: SVG's own patterns are named
/// by ids, which collide where a report puts several figures into one page.
/// </summary>
internal static class HatchPattern
{
    public const int Count = 6;

    private const double Spacing = 6;

    /// <summary>Path data of the hatching inside a box; empty for the plain pattern.</summary>
    public static string Inside(int pattern, Box box)
    {
        var path = new StringBuilder();
        if (pattern is 1 or 3)
        {
            Diagonals(path, box, rising: true);
        }

        if (pattern is 2 or 3)
        {
            Diagonals(path, box, rising: false);
        }

        for (double y = box.Bottom - Spacing; pattern is 4 && y > box.Top; y -= Spacing)
        {
            path.Append($"M{SvgText.N(box.Left)} {SvgText.N(y)}H{SvgText.N(box.Right)}");
        }

        for (double x = box.Left + (Spacing / 2); pattern is 5 && x < box.Right; x += Spacing)
        {
            path.Append($"M{SvgText.N(x)} {SvgText.N(box.Top)}V{SvgText.N(box.Bottom)}");
        }

        return path.ToString();
    }

    // A diagonal leaves the left edge's line at height c above the bottom and is kept where it is inside the box.
    private static void Diagonals(StringBuilder path, Box box, bool rising)
    {
        double width = box.Width;
        double height = box.Height;
        for (double c = -width + Spacing; c < height; c += Spacing)
        {
            double from = Math.Max(0, -c);
            double to = Math.Min(width, height - c);
            if (to <= from)
            {
                continue;
            }

            double x1 = rising ? box.Left + from : box.Right - from;
            double x2 = rising ? box.Left + to : box.Right - to;
            path.Append($"M{SvgText.N(x1)} {SvgText.N(box.Bottom - c - from)}L{SvgText.N(x2)} {SvgText.N(box.Bottom - c - to)}");
        }
    }
}
