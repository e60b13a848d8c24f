using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// A0, the best that a policy without knowledge of the future can do under the independent reference model: keep the C - 1
/// hottest pages, and let the others pass through the last frame. With D the probability of the others
/// <code>miss = D - sum over the others of p_i^2 / D.</code>
/// A. V. Aho, P. J. Denning, J. D. Ullman, "Principles of optimal page replacement", JACM 18(1), 1971.
/// </summary>
public static class AhoDenningUllman
{
    public static double MissRatio(ReadOnlySpan<double> probabilities, int capacity)
    {
        double[] pages = Popularity.Referenced(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (capacity == 0 || capacity >= pages.Length)
            return capacity == 0 ? 1 : 0;

        Array.Sort(pages);
        double mass = 0, squares = 0;
        foreach (double p in pages.AsSpan(0, pages.Length - (capacity - 1)))
        {
            mass += p;
            squares += p * p;
        }
        return mass - squares / mass;
    }
}
