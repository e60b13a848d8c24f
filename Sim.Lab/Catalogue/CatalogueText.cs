using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sim.Core.Contracts;

namespace Sim.Lab.Catalogue;

/// <summary>What there is, as plain text: what `sim list` and `sim describe` print.</summary>
public static class CatalogueText
{
    /// <summary>What can be listed.</summary>
    public static IReadOnlyList<string> Topics => CatalogueEntries.Topics;

    /// <summary>A line for each thing of a topic; of all topics where it is null. Throws <see cref="UnknownNameException"/> where there is no such topic.</summary>
    public static string List(PolicyCatalogue catalogue, string? topic = null)
    {
        if (topic is not null && !CatalogueEntries.Topics.Contains(topic))
            throw new UnknownNameException($"there is no list '{topic}'; {NearestName.Suggest(topic, CatalogueEntries.Topics)}");
        var text = new StringBuilder();
        foreach (string each in CatalogueEntries.Topics.Where(each => topic is null || each == topic))
        {
            CatalogueEntry[] entries = [.. CatalogueEntries.All(catalogue).Where(entry => entry.Topic == each)];
            if (topic is null) text.Append(text.Length > 0 ? "\n" : "").Append(each).Append('\n');
            string indent = topic is null ? "  " : "";
            foreach (CatalogueEntry entry in entries)
                text.Append(indent).Append(Title(entry).PadRight(entries.Max(other => Title(other).Length))).Append("  ").Append(entry.Summary).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>
    /// All about the things of a name: clock, or reclaim/clock where several bear it. Throws <see cref="UnknownNameException"/> with the nearest
    /// name where there is none.
    /// </summary>
    public static string Describe(PolicyCatalogue catalogue, string name)
    {
        CatalogueEntry[] all = [.. CatalogueEntries.All(catalogue)];
        CatalogueEntry[] named = [.. all.Where(entry => entry.Name == name || FullName(entry) == name)];
        if (named.Length == 0) throw new UnknownNameException($"there is no '{name}'; {Nearest(name, all)}");
        return string.Join("\n", named.Select(entry => $"{FullName(entry)}\n" + string.Concat(entry.Details.Select(line => $"  {line}\n"))));
    }

    private static string Nearest(string name, IReadOnlyList<CatalogueEntry> all)
    {
        string suggestion = NearestName.Suggest(name, all.Select(entry => entry.Name));
        return suggestion.StartsWith("did you mean") ? suggestion : "sim list shows what there is";
    }

    private static string FullName(CatalogueEntry entry) => $"{entry.Group}/{entry.Name}";

    /// <summary>Where a list holds several groups, their names tell which.</summary>
    private static string Title(CatalogueEntry entry) => entry.Topic is "policies" or "presets" ? FullName(entry) : entry.Name;
}
