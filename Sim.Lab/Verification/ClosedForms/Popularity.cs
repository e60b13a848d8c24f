using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>What every formula of the independent reference model asks of its input.</summary>
internal static class Popularity
{
    private const double SumTolerance = 1e-9;

    /// <summary>The pages that are ever referenced; those of probability zero take part in nothing. Throws unless the sum is one.</summary>
    public static double[] Referenced(ReadOnlySpan<double> probabilities)
    {
        double sum = 0;
        int referenced = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] >= 0))
                throw new ArgumentOutOfRangeException(nameof(probabilities), probabilities[i], $"Page {i} has no probability.");
            sum += probabilities[i];
            referenced += probabilities[i] > 0 ? 1 : 0;
        }
        if (!(Math.Abs(sum - 1) <= SumTolerance))
            throw new ArgumentOutOfRangeException(nameof(probabilities), sum, "The probabilities of reference sum to one.");

        var kept = new double[referenced];
        int next = 0;
        foreach (double p in probabilities)
        {
            if (p > 0)
                kept[next++] = p;
        }
        return kept;
    }
}
