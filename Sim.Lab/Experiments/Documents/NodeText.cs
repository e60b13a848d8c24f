using System.Linq;
using System.Text;

namespace Sim.Lab.Experiments.Documents;

/// <summary>Nodes as text.</summary>
internal static class NodeText
{
    /// <summary>
    /// A text that is the same for documents that mean the same: keys sorted, no comments, no choice of style. The identity of a run rests on it.
    /// </summary>
    public static string Canonical(Node node) => Write(new StringBuilder(), node, true).ToString();

    /// <summary>One line, as the study might have written it.</summary>
    public static string Shown(Node node) => node is ScalarNode scalar ? scalar.Text : Write(new StringBuilder(), node, false).ToString();

    private static StringBuilder Write(StringBuilder text, Node node, bool isCanonical)
    {
        switch (node)
        {
            case ScalarNode scalar:
                // A scalar's length before its text: no text can be mistaken for structure.
                return isCanonical ? text.Append(scalar.Text.Length).Append(':').Append(scalar.Text) : text.Append(scalar.Text);
            case ListNode list:
                text.Append('[');
                foreach (var (index, item) in list.Items.Index()) Write(text.Append(index == 0 ? "" : ", "), item, isCanonical);
                return text.Append(']');
            default:
                var entries = ((MapNode)node).Entries.AsEnumerable();
                if (isCanonical) entries = entries.OrderBy(entry => entry.Key, System.StringComparer.Ordinal);
                text.Append('{');
                foreach (var (index, entry) in entries.Index())
                    Write(text.Append(index == 0 ? "" : ", ").Append(entry.Key).Append(": "), entry.Value, isCanonical);
                return text.Append('}');
        }
    }
}
