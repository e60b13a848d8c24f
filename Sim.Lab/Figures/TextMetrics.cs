using System;
using System.Collections.Generic;

namespace Sim.Lab.Figures;

/// <summary>
/// Estimates how much room text takes. The renderer's font is not known when a figure is written, so the widths are those of the
/// widest family in the font stack (DejaVu Sans, rounded up): a reader with Helvetica sees a little more air, nobody sees clipping.
/// </summary>
internal static class TextMetrics
{
    /// <summary>Cap height to baseline offset that centres a line of text on a point, in em.</summary>
    public const double HalfCap = 0.36;

    /// <summary>Distance between the baselines of two lines, in em.</summary>
    public const double LineHeight = 1.25;

    private const double BoldFactor = 1.16;

    // Advance widths of U+0020..U+007E in hundredths of an em.
    private static ReadOnlySpan<byte> AsciiWidths =>
    [
        32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
        100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50,
        50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
    ];

    /// <summary>Estimated width of a line of text in pixels.</summary>
    public static double Width(string text, double fontSize, bool bold = false)
    {
        int hundredths = 0;
        foreach (char letter in text)
        {
            hundredths += letter switch
            {
                >= ' ' and <= '~' => AsciiWidths[letter - ' '],
                < '\u0250' or 'µ' => 70,
                '⁰' or '¹' or '²' or '³' or (>= '⁴' and <= '⁹') => 41,
                '⁻' => 53,
                NumberText.Minus => 84,
                _ => 100,
            };
        }

        return hundredths / 100.0 * fontSize * (bold ? BoldFactor : 1);
    }

    /// <summary>Breaks text into lines no wider than <paramref name="width"/>, at spaces and after punctuation where there are any.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double fontSize, bool bold = false)
    {
        var lines = new List<string>();
        string rest = text.Trim();
        while (Width(rest, fontSize, bold) > width && rest.Length > 1)
        {
            int fitting = 1;
            while (Width(rest[..(fitting + 1)], fontSize, bold) <= width)
            {
                fitting++;
            }

            int cut = fitting;
            while (cut > 0 && !MayBreakBefore(rest, cut))
            {
                cut--;
            }

            cut = cut > 0 ? cut : fitting;
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        lines.Add(rest);
        return lines;
    }

    private static bool MayBreakBefore(string text, int index) =>
        text[index] is ' ' or '(' || text[index - 1] is ' ' or ',' or '-' or '/' or ';' or '_' || (text[index - 1] == '.' && char.IsLetter(text[index]));
}
