using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>The number of successes in independent trials of unequal probability.</summary>
public static class PoissonBinomial
{
    /// <returns>Pr[K = 0] .. Pr[K = highest], by adding one trial after the other: O(N highest), all terms positive.</returns>
    public static double[] Distribution(ReadOnlySpan<double> successes, int highest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(highest);
        var distribution = new double[highest + 1];
        distribution[0] = 1;
        for (int trial = 0; trial < successes.Length; trial++)
        {
            double success = successes[trial], failure = 1 - success;
            for (int k = Math.Min(trial + 1, highest); k >= 1; k--)
                distribution[k] = failure * distribution[k] + success * distribution[k - 1];
            distribution[0] *= failure;
        }
        return distribution;
    }
}
