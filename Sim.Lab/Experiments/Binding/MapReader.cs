using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Sim.Core.Contracts;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Takes the keys of a map one by one; whatever nobody asked for when it is closed is an error.</summary>
internal sealed class MapReader(MapNode map, string path, BindScope scope)
{
    private readonly List<string> _known = [];

    /// <summary>The map.</summary>
    public MapNode Node => map;

    /// <summary>The value of an optional key, or null.</summary>
    public Setting? Find(string key)
    {
        _known.Add(key);
        string place = path.Length == 0 ? key : $"{path}.{key}";
        scope.Keys?.Add(Regex.Replace(place, @"\[\d+\]", ""));
        return map.Find(key) is { } entry ? new Setting(entry.Value, place, scope) : null;
    }

    /// <summary>The value of a key that must be there.</summary>
    public Setting Require(string key, string example) =>
        Find(key) ?? throw map.Mark.Error($"{(path.Length == 0 ? "the study" : path)} has no '{key}'; it is written like {key}: {example}");

    /// <summary>Throws for the first key that was not asked for, and for the second of two that exclude each other.</summary>
    public void Close()
    {
        MapEntry? unknown = map.Entries.FirstOrDefault(entry => !_known.Contains(entry.Key));
        if (unknown is null) return;
        string owner = path.Length == 0 ? "a study" : path;
        throw unknown.KeyMark.Error($"{owner} has no key '{unknown.Key}'; {NearestName.Suggest(unknown.Key, _known)}");
    }

    /// <summary>Throws where two keys that exclude each other are both there.</summary>
    public void Exclude(string first, string second)
    {
        if (map.Find(first) is null || map.Find(second) is not { } other) return;
        throw other.KeyMark.Error($"{(path.Length == 0 ? "a study" : path)} has both '{first}' and '{second}'; one of them says it all");
    }
}
