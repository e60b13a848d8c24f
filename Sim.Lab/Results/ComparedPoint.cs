using System.Collections.Generic;
using Sim.Lab.Statistics;

namespace Sim.Lab.Results;

/// <summary>One value of a parameter beside the value that it is compared with, all other parameters being equal.</summary>
/// <param name="Others">The other parameters that vary, by name.</param>
/// <param name="Value">The compared value, as the study writes it.</param>
/// <param name="Mean">The metric's mean with it, over the pairs.</param>
/// <param name="BaseMean">The mean of what it is compared with.</param>
/// <param name="Comparison">The differences, pair by pair.</param>
public sealed record ComparedPoint(IReadOnlyDictionary<string, ParameterValue?> Others, string Value, double Mean, double BaseMean, PairedComparison Comparison)
{
    /// <summary>The mean difference over the base's mean; NaN where that is 0.</summary>
    public double Relative => BaseMean == 0 ? double.NaN : Comparison.Difference.Mean / BaseMean;
}
