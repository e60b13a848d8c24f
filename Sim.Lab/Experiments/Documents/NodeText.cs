using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Sim.Core.Units;

namespace Sim.Lab.Experiments.Documents;

/// <summary>Nodes as text.</summary>
internal static class NodeText
{
    private const double MostExact = 1L << 53;

    /// <summary>
    /// A text that is the same for documents that mean the same: keys sorted, no comments, no choice of style or unit. The identity of a run rests on it.
    /// </summary>
    public static string Canonical(Node node) => Write(new StringBuilder(), node, true).ToString();

    /// <summary>One line, as the study might have written it.</summary>
    public static string Shown(Node node) => node is ScalarNode scalar ? scalar.Text : Write(new StringBuilder(), node, false).ToString();

    /// <summary>
    /// Sizes in bytes, times in picoseconds, and thousands, millions and billions in full. What is no such quantity stays as it is; so does a percentage,
    /// which a key may take for something else than the fraction.
    /// </summary>
    private static string InOneUnit(string text)
    {
        if (Quantity.TryParseSize(text, out ByteSize size)) return $"{size.Bytes}B";
        if (Quantity.TryParseTime(text, out SimTime time)) return $"{time.Picoseconds}ps";
        bool isMultiple = text.Length > 0 && text[^1] is 'k' or 'M' or 'G';
        return isMultiple && Quantity.TryParseNumber(text, out double number) && number == Math.Floor(number) && Math.Abs(number) < MostExact
            ? number.ToString("F0", CultureInfo.InvariantCulture)
            : text;
    }

    private static StringBuilder Write(StringBuilder text, Node node, bool isCanonical)
    {
        switch (node)
        {
            case ScalarNode scalar:
                if (!isCanonical) return text.Append(scalar.Text);
                // A scalar's length before its text: no text can be mistaken for structure.
                string same = InOneUnit(scalar.Text);
                return text.Append(same.Length).Append(':').Append(same);
            case ListNode list:
                text.Append('[');
                foreach (var (index, item) in list.Items.Index()) Write(text.Append(index == 0 ? "" : ", "), item, isCanonical);
                return text.Append(']');
            default:
                var entries = ((MapNode)node).Entries.AsEnumerable();
                if (isCanonical) entries = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);
                text.Append('{');
                foreach (var (index, entry) in entries.Index())
                    Write(text.Append(index == 0 ? "" : ", ").Append(entry.Key).Append(": "), entry.Value, isCanonical);
                return text.Append('}');
        }
    }
}
