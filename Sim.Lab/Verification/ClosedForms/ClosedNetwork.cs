using System;
using System.Collections.Generic;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// A closed network of one class of customers, exactly, by mean value analysis. An arriving customer sees each station as it
/// would be with one customer less:
/// <code>
/// R_k(n) = D_k (1 + Q_k(n - 1)),   X(n) = n / (Z + sum of R_k(n)),   Q_k(n) = X(n) R_k(n)
/// </code>
/// M. Reiser, S. S. Lavenberg, "Mean-value analysis of closed multichain queuing networks", JACM 27(2), 1980.
/// </summary>
/// <param name="Throughput">X, round trips a unit of time.</param>
/// <param name="ResponseTime">Of a round trip, think time excluded.</param>
/// <param name="QueueLengths">Mean customers at each station, those in service included.</param>
/// <param name="Utilisations">X D_k.</param>
public sealed record ClosedNetwork(
    double Throughput, double ResponseTime, IReadOnlyList<double> QueueLengths, IReadOnlyList<double> Utilisations)
{
    /// <param name="thinkTime">Z, spent where nobody waits.</param>
    /// <param name="demands">D_k: visits a round trip times mean (exponential) service, first come first served.</param>
    public static ClosedNetwork Solve(int population, double thinkTime, ReadOnlySpan<double> demands)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        ArgumentOutOfRangeException.ThrowIfNegative(thinkTime);

        var lengths = new double[demands.Length];
        double throughput = 0, response = 0;
        for (int n = 1; n <= population; n++)
        {
            response = 0;
            for (int k = 0; k < demands.Length; k++)
                response += demands[k] * (1 + lengths[k]);
            throughput = n / (thinkTime + response);
            for (int k = 0; k < demands.Length; k++)
                lengths[k] = throughput * demands[k] * (1 + lengths[k]);
        }

        var utilisations = new double[demands.Length];
        for (int k = 0; k < demands.Length; k++)
            utilisations[k] = throughput * demands[k];
        return new ClosedNetwork(throughput, response, lengths, utilisations);
    }
}
