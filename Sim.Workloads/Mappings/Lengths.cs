using System;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>Draws lengths in pages.</summary>
/// <param name="distribution">How they vary.</param>
/// <param name="median">The median.</param>
/// <param name="spread">The spread, as the distribution says.</param>
/// <param name="most">Longer ones are cut to this.</param>
public readonly struct Lengths(LengthDistribution distribution, long median, double spread, long most)
{
    /// <summary>A length, at least 1. A Pareto distribution's shortest is median / 2^(1/spread).</summary>
    public long Draw(ref RandomStream random)
    {
        double uniform = 1 - random.NextDouble();
        double length = distribution switch
        {
            LengthDistribution.Constant => median,
            LengthDistribution.Pareto => median * Math.Pow(2 * uniform, -1 / spread),
            _ => median * Math.Exp(spread * Math.Sqrt(-2 * Math.Log(uniform)) * Math.Cos(2 * Math.PI * random.NextDouble())),
        };
        return (long)Math.Clamp(Math.Round(length), 1, most);
    }
}
