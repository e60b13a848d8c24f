using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;

namespace Sim.Lab.Results;

/// <summary>What the rows of a study's runs are made of, shared by them all: where a name stands.</summary>
internal sealed class RunColumns(string folder, IReadOnlyList<ParameterColumn> parameters, IReadOnlyList<string> metrics)
{
    private readonly Dictionary<string, int> _metricIndexes = metrics.Index().ToDictionary(metric => metric.Item, metric => metric.Index);

    /// <summary>The parameters, in column order.</summary>
    public IReadOnlyList<ParameterColumn> Parameters => parameters;

    /// <summary>The metrics, in column order.</summary>
    public IReadOnlyList<string> Metrics => metrics;

    /// <summary>Where a parameter stands, by its key or its column.</summary>
    /// <exception cref="ResultsException">The study has none of that name.</exception>
    public int IndexOfParameter(string name)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Name == name || parameters[i].Column == name) return i;
        }

        throw Unknown("parameter", name, parameters.Select(parameter => parameter.Name));
    }

    /// <summary>Where a metric stands.</summary>
    /// <exception cref="ResultsException">There is none of that name.</exception>
    public int IndexOfMetric(string name) => _metricIndexes.TryGetValue(name, out int index) ? index : throw Unknown("metric", name, metrics);

    private ResultsException Unknown(string what, string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        return new ResultsException(folder, $"has no {what} '{name}'", names.Length == 0 ? $"it has no {what}s at all" : NearestName.Suggest(name, names));
    }
}
