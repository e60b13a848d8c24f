using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// FIFO and RANDOM under the independent reference model, exactly. Both hold the set S with a probability proportional to
/// the product of its p_i, so that with e_k the elementary symmetric polynomial of degree k
/// <code>miss = (C + 1) e_(C+1)(p) / e_C(p).</code>
/// W. F. King, "Analysis of demand paging algorithms", IFIP Congress 1971;
/// E. Gelenbe, "A unified approach to the evaluation of a class of replacement algorithms", IEEE TC C-22(6), 1973.
/// It does not hold for CLOCK.
/// </summary>
/// <remarks>
/// e_C alone underflows beyond C = 170 or so. Scaling all p_i by T and dividing by the product of 1 + p_i T turns e_k into
/// Pr[K = k] for K a sum of independent Bernoulli trials with success p_i T / (1 + p_i T); T is chosen so that E[K] = C, and
/// the two probabilities wanted lie on the mode. The programme adds and multiplies positive numbers only: O(N C), stable.
/// </remarks>
public static class FifoProductForm
{
    public static double MissRatio(ReadOnlySpan<double> probabilities, int capacity)
    {
        double[] pages = Popularity.Referenced(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (capacity == 0 || capacity >= pages.Length)
            return capacity == 0 ? 1 : 0;

        double time = CharacteristicTime.OfFifo(pages, capacity);
        var successes = new double[pages.Length];
        for (int i = 0; i < pages.Length; i++)
            successes[i] = pages[i] * time / (1 + pages[i] * time);

        double[] distribution = PoissonBinomial.Distribution(successes, capacity + 1);
        return (capacity + 1) / time * distribution[capacity + 1] / distribution[capacity];
    }
}
