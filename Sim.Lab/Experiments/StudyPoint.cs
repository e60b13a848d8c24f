using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Experiments;

/// <summary>One point of a study's grid.</summary>
/// <param name="Index">From 0; the first swept key changes slowest.</param>
/// <param name="Values">The swept keys with their values, in the study's order.</param>
public sealed record StudyPoint(int Index, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>machine.memory=64MiB policies.reclaim=clock; "the only point" where nothing is swept.</summary>
    public override string ToString() =>
        Values.Count == 0 ? "the only point" : string.Join(' ', Values.Select(pair => $"{pair.Key}={pair.Value}"));
}
