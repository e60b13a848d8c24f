using System.Collections.Generic;

namespace Sim.Lab.Results;

/// <summary>What one parameter does to a metric, over all values of the others.</summary>
/// <param name="Parameter">Its key.</param>
/// <param name="Levels">The metric's mean at each value, in the study's order.</param>
/// <param name="Share">Of the metric's variance over all runs, what these means account for: 0 to 1.</param>
public sealed record ParameterEffect(string Parameter, IReadOnlyList<(string Value, double Mean)> Levels, double Share);
