using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Results;

/// <summary>Groups runs by what they have in common.</summary>
public static class Aggregation
{
    /// <summary>The points of the runs, in the order in which they are first met.</summary>
    public static IReadOnlyList<ParameterPoint> Points(IEnumerable<RunRow> runs) =>
        [.. runs.GroupBy(KeyOf).Select(group => new ParameterPoint([.. group]))];

    /// <summary>Those of the parameters that differ between the runs; a parameter that some runs lack differs.</summary>
    public static IReadOnlyList<ParameterColumn> Varying(IEnumerable<ParameterColumn> parameters, IReadOnlyCollection<RunRow> runs) =>
        [.. parameters.Where(parameter => runs.Select(run => run.Text(parameter.Name)).Distinct().Count() > 1)];

    private static string KeyOf(RunRow run) => string.Join('\n', run.Parameters.Select(value => $"{value.Name}={value.Text}"));
}
