using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Statistics;

namespace Sim.Lab.Results;

/// <summary>A point of a study: the runs that have all parameters in common and differ by replication only.</summary>
/// <param name="Runs">At least one run, in the study's order.</param>
public sealed record ParameterPoint(IReadOnlyList<RunRow> Runs)
{
    /// <inheritdoc cref="RunRow.Parameter"/>
    public ParameterValue? Parameter(string parameter) => Runs[0].Parameter(parameter);

    /// <inheritdoc cref="RunRow.Text"/>
    public string Text(string parameter) => Runs[0].Text(parameter);

    /// <inheritdoc cref="RunRow.Number"/>
    public double Number(string parameter) => Runs[0].Number(parameter);

    /// <summary>
    /// A metric's mean over the replications with its 95 % interval: no interval with one replication; neither where a replication
    /// leaves the metric undefined, for a mean over the others would be one of another population.
    /// </summary>
    public ConfidenceInterval Metric(string name) => ConfidenceInterval.Of([.. Runs.Select(run => run.Metric(name))]);
}
