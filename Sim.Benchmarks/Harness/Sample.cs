using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Benchmarks.Harness;

/// <summary>What several rounds of one measurement gave.</summary>
public sealed record Sample(double Median, double Minimum, double Maximum)
{
    /// <summary>The sample of some rounds, at least one.</summary>
    public static Sample Of(IEnumerable<double> rounds)
    {
        double[] sorted = rounds.Order().ToArray();
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Sample(median, sorted[0], sorted[^1]);
    }

    /// <summary>The sample of a quantity that does not vary.</summary>
    public static Sample Exactly(double value) => new(value, value, value);
}
