using System;
using System.Collections;
using System.Collections.Generic;

namespace Sim.Parquet;

/// <summary>Key-value pairs of text, of a file or of a column, in the order in which their keys were first set.</summary>
public sealed class ParquetMetadata : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <summary>The value of a key. Setting a key again replaces its value and keeps its place.</summary>
    /// <exception cref="KeyNotFoundException">The key is read and was never set.</exception>
    public string this[string key]
    {
        get => TryGetValue(key, out string? value) ? value : throw new KeyNotFoundException($"no metadata key '{key}'");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            int at = IndexOf(key);
            KeyValuePair<string, string> pair = new(key, value);
            if (at < 0) _pairs.Add(pair);
            else _pairs[at] = pair;
        }
    }

    /// <summary>False, and a null value, if the key was never set.</summary>
    public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
    {
        int at = IndexOf(key);
        value = at < 0 ? null : _pairs[at].Value;
        return at >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _pairs.FindIndex(pair => pair.Key == key);
    }
}
