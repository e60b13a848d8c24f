using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Experiments.Documents;

/// <summary>
/// A thing chosen by name with options: written as a word (clock), as text (clock(set-on-load=false)) or as a map ({clock: {set-on-load: false}}).
/// The map is the form that everything else works on.
/// </summary>
internal static class ChoiceText
{
    /// <summary>The choice as a map of one key whose value is a map of the options. Throws where the node is no choice.</summary>
    public static MapNode ToMap(Node node, string path)
    {
        switch (node)
        {
            case ScalarNode scalar:
                return Read(scalar, path);
            case MapNode { Entries: [{ Value: MapNode }] } map:
                return map;
            case MapNode { Entries: [{ Value: ScalarNode { Text: "" } empty } entry] }:
                return Of(node.Mark, entry.Key, entry.KeyMark, new MapNode(empty.Mark, []));
            case MapNode { Entries: [var entry] }:
                throw entry.Value.Mark.Error($"{path}: the options of '{entry.Key}' are a map: {{{entry.Key}: {{option: value}}}}");
            case MapNode { Entries: [_, var second, ..] }:
                throw second.KeyMark.Error($"{path}: one name is expected, and '{second.Key}' is a second; options stand below the name: {{name: {{option: value}}}}");
            default:
                throw node.Mark.Error($"{path}: a name is expected, with options as name(option=value) or {{name: {{option: value}}}}");
        }
    }

    private static MapNode Read(ScalarNode scalar, string path)
    {
        string text = scalar.Text.Trim();
        if (text.Length == 0) throw scalar.Mark.Error($"{path} has no value; a name is expected");
        int open = text.IndexOf('(');
        if (open < 0) return Of(scalar.Mark, text, scalar.Mark, new MapNode(scalar.Mark, []));
        if (!text.EndsWith(')'))
            throw scalar.Mark.Error($"{path}: '{text}' does not end with ')'; options are written name(key=value,key=value), and in a list in quotes");
        var entries = new List<MapEntry>();
        foreach (string setting in Settings(text[(open + 1)..^1]))
        {
            int equals = setting.IndexOf('=');
            if (equals < 1) throw scalar.Mark.Error($"{path}: '{setting}' in '{text}' is not key=value");
            string key = setting[..equals].Trim();
            if (entries.Any(entry => entry.Key == key)) throw scalar.Mark.Error($"{path}: '{key}' stands twice in '{text}'");
            entries.Add(new MapEntry(key, scalar.Mark, new ScalarNode(scalar.Mark, setting[(equals + 1)..].Trim())));
        }
        return Of(scalar.Mark, text[..open].Trim(), scalar.Mark, new MapNode(scalar.Mark, entries));
    }

    private static MapNode Of(SourceMark mark, string name, SourceMark nameMark, MapNode options) => new(mark, [new MapEntry(name, nameMark, options)]);

    /// <summary>Cuts at the commas that stand in no further parentheses.</summary>
    private static IEnumerable<string> Settings(string text)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '(') depth++;
            else if (i < text.Length && text[i] == ')') depth--;
            else if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                string setting = text[start..i].Trim();
                if (setting.Length > 0) yield return setting;
                start = i + 1;
            }
        }
    }
}
