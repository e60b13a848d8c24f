using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// The working set of window tau under the independent reference model, tau in references:
/// <code>
/// mean size  s(tau) = sum of 1 - (1 - p_i)^tau
/// miss ratio m(tau) = sum of p_i (1 - p_i)^tau = s(tau + 1) - s(tau)
/// </code>
/// P. J. Denning, S. C. Schwartz, "Properties of the working-set model", CACM 15(3), 1972.
/// </summary>
public static class WorkingSet
{
    public static double MeanSize(ReadOnlySpan<double> probabilities, int window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        double size = 0;
        foreach (double p in Popularity.Referenced(probabilities))
            size += 1 - Math.Pow(1 - p, window);
        return size;
    }

    public static double MissRatio(ReadOnlySpan<double> probabilities, int window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        double miss = 0;
        foreach (double p in Popularity.Referenced(probabilities))
            miss += p * Math.Pow(1 - p, window);
        return miss;
    }
}
