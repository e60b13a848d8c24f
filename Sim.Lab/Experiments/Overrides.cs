using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments;

/// <summary>
/// Values that take the place of a study's own: key=value, the key a path as in a sweep, the value as in YAML. A key that the study sweeps is
/// swept no more, but stays a parameter.
/// </summary>
internal static class Overrides
{
    /// <summary>The document with the overrides in it, later ones over earlier ones.</summary>
    public static MapNode Apply(MapNode root, IEnumerable<string> overrides) => overrides.Aggregate(root, Apply);

    private static MapNode Apply(MapNode root, string text)
    {
        var mark = new SourceMark("--set " + text, 0, 0);
        int equals = text.IndexOf('=');
        if (equals < 1 || string.IsNullOrWhiteSpace(text[(equals + 1)..])) throw mark.Error("not key=value, like machine.memory=64MiB");
        string key = text[..equals].Trim();
        Node value = YamlReader.Read(text[(equals + 1)..], (_, _) => mark);
        var swept = root.Find("sweep")?.Value as MapNode;
        if (key.StartsWith("sweep.", System.StringComparison.Ordinal))
            return root.With("sweep", mark, (swept ?? new MapNode(mark, [])).With(key["sweep.".Length..], mark, value));
        if (swept?.Find(key) is not null) return root.With("sweep", mark, swept.With(key, mark, new ListNode(mark, [value])));
        // Of two keys that exclude each other the one that was asked for last is meant.
        if (key is "replications") root = Without(root, "precision");
        if (key is "precision") root = Without(root, "replications");
        return (MapNode)new NodePath(key, mark).Set(root, value);
    }

    private static MapNode Without(MapNode root, string key) => new(root.Mark, [.. root.Entries.Where(entry => entry.Key != key)]);
}
