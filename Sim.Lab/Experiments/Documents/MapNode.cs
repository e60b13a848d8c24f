using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Experiments.Documents;

/// <summary>A mapping, its keys in the order in which they were written.</summary>
internal sealed record MapNode(SourceMark Mark, IReadOnlyList<MapEntry> Entries) : Node(Mark)
{
    /// <summary>The entry of a key, or null.</summary>
    public MapEntry? Find(string key)
    {
        foreach (MapEntry entry in Entries)
        {
            if (entry.Key == key) return entry;
        }
        return null;
    }

    /// <summary>A copy with a key's value replaced; the key is added at the end where it is absent.</summary>
    public MapNode With(string key, SourceMark keyMark, Node value) => Find(key) is null
        ? new MapNode(Mark, [.. Entries, new MapEntry(key, keyMark, value)])
        : new MapNode(Mark, [.. Entries.Select(entry => entry.Key == key ? entry with { Value = value } : entry)]);
}
