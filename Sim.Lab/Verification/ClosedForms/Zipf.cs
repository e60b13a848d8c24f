using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Zipf's law as a popularity for the independent reference model, with Mandelbrot's shift:
/// <code>p_i = (i + q)^-alpha / sum over j of (j + q)^-alpha, i = 1 .. n.</code>
/// B. Mandelbrot, "An informational theory of the statistical structure of language", 1953;
/// the model: A. V. Aho, P. J. Denning, J. D. Ullman, "Principles of optimal page replacement", JACM 18(1), 1971.
/// </summary>
public static class Zipf
{
    /// <returns>Hottest first; sums to one.</returns>
    public static double[] Probabilities(int n, double alpha, double shift = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(shift, -1);

        var weights = new double[n];
        double total = 0;
        for (int i = n - 1; i >= 0; i--)
        {
            weights[i] = Math.Pow(i + 1 + shift, -alpha);
            total += weights[i];
        }
        for (int i = 0; i < n; i++)
            weights[i] /= total;
        return weights;
    }
}
