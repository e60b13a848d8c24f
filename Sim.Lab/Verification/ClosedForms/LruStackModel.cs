using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// References whose LRU stack distances are drawn independently, Pr[D = d] = a_d: LRU with C frames misses exactly those deeper than C,
/// <code>F(C) = sum over d > C of a_d.</code>
/// R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970;
/// J. R. Spirn, "Distance string models for program behavior", Computer 9(11), 1976.
/// </summary>
public static class LruStackModel
{
    /// <param name="distances">a_1, a_2, ..: the element at index d - 1 is Pr[D = d].</param>
    /// <param name="neverSeen">Pr[D = infinity], first references.</param>
    public static double MissRatio(ReadOnlySpan<double> distances, double neverSeen, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        double miss = neverSeen;
        // Smallest terms first, as the tail of any such model is.
        for (int d = distances.Length; d > capacity; d--)
            miss += distances[d - 1];
        return miss;
    }

    /// <summary>Pr[D > d] = (1 + d / b)^-beta; with d = C it is the miss ratio itself.</summary>
    public static double PowerLawTail(double distance, double b, double beta) => Math.Pow(1 + distance / b, -beta);

    /// <summary>a_d of the power law cut at the deepest distance; what lies beyond is the stack model's infinity.</summary>
    public static double[] PowerLawDistances(int deepest, double b, double beta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deepest, 1);
        var distances = new double[deepest];
        for (int d = 1; d <= deepest; d++)
            distances[d - 1] = PowerLawTail(d - 1, b, beta) - PowerLawTail(d, b, beta);
        return distances;
    }
}
