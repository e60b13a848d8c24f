using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Che's approximation: every page stays for the same characteristic time T, which is set by the capacity.
/// <code>
/// LRU:          sum of 1 - e^(-p_i T) = C,        miss = sum of p_i e^(-p_i T)
/// FIFO, RANDOM: sum of p_i T / (1 + p_i T) = C,   miss = sum of p_i / (1 + p_i T)
/// </code>
/// H. Che, Y. Tung, Z. Wang, "Hierarchical Web caching systems", IEEE JSAC 20(7), 2002; why it is so good, and FIFO:
/// C. Fricker, P. Robert, J. Roberts, "A versatile and accurate approximation for LRU cache performance", ITC 24, 2012.
/// It is an approximation: the exact values are <see cref="LruExact"/> and <see cref="FifoProductForm"/>.
/// </summary>
public static class CheApproximation
{
    public static double LruMissRatio(ReadOnlySpan<double> probabilities, int capacity)
    {
        double[] pages = Popularity.Referenced(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (capacity == 0 || capacity >= pages.Length)
            return capacity == 0 ? 1 : 0;

        double time = CharacteristicTime.OfLru(pages, capacity);
        double miss = 0;
        foreach (double p in pages)
            miss += p * Math.Exp(-p * time);
        return miss;
    }

    public static double FifoMissRatio(ReadOnlySpan<double> probabilities, int capacity)
    {
        double[] pages = Popularity.Referenced(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (capacity == 0 || capacity >= pages.Length)
            return capacity == 0 ? 1 : 0;

        double time = CharacteristicTime.OfFifo(pages, capacity);
        double miss = 0;
        foreach (double p in pages)
            miss += p / (1 + p * time);
        return miss;
    }
}
