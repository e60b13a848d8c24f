using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Where the lifetime function of a phased program has its knee. A program that dwells in a locality of l pages for H references
/// and then enters one of which R pages are old must bring in M = l - R pages a phase, however good the memory policy: at the
/// knee, where the memory just holds a locality,
/// <code>L(knee) = H / M.</code>
/// P. J. Denning, K. C. Kahn, "A study of program locality and lifetime functions", SOSP 1975;
/// P. J. Denning, "Working sets past and present", IEEE TSE 6(1), 1980.
/// </summary>
public static class DenningKahn
{
    /// <summary>M, the mean number of pages that enter at a transition.</summary>
    /// <param name="localitySize">l, mean.</param>
    /// <param name="overlap">R, mean number of pages that the old and the new locality share.</param>
    public static double EnteringPages(double localitySize, double overlap = 0)
    {
        if (!(overlap >= 0 && overlap < localitySize))
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, $"The overlap is at least 0 and less than {localitySize}.");
        return localitySize - overlap;
    }

    /// <summary>References between faults at the knee.</summary>
    /// <param name="meanHoldingTime">H as it can be observed: between transitions that do change the locality.</param>
    public static double KneeLifetime(double localitySize, double meanHoldingTime, double overlap = 0) =>
        meanHoldingTime / EnteringPages(localitySize, overlap);

    /// <summary>
    /// H from the generator's own h, where the next locality is drawn regardless of the present one, so may be the same again:
    /// a fraction sum q_i^2 of the draws changes nothing and H = h / (1 - sum q_i^2).
    /// </summary>
    /// <param name="localityProbabilities">q_i, with which each locality is drawn.</param>
    public static double ObservedHoldingTime(double modelHoldingTime, ReadOnlySpan<double> localityProbabilities)
    {
        double repeats = 0;
        foreach (double q in Popularity.Referenced(localityProbabilities))
            repeats += q * q;
        return modelHoldingTime / (1 - repeats);
    }
}
