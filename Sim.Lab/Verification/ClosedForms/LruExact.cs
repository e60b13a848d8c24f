using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// LRU under the independent reference model, exactly. References are made a Poisson process of rate one; K(t) pages
/// were seen in the last t, and U(t) is the probability of those that were not. Then
/// <code>miss(C) = integral over t from 0 of E[ U(t)^2 ; K(t) = C ].</code>
/// It is W. F. King's sum over ordered C-tuples (IFIP Congress 1971) and the integral
/// <code>hit = sum of p_i integral p_i e^(-p_i t) Pr[ fewer than C of the others were seen in t ] dt</code>
/// of P. Flajolet, D. Gardy, L. Thimonier, "Birthday paradox, coupon collectors, caching algorithms and self-organizing
/// search", Discrete Applied Mathematics 39(3), 1992, brought to a form that needs one dynamic programme for all pages.
/// </summary>
/// <remarks>
/// Why: look back in time. A set S, once it is the C pages seen, remains so for an exponential time of rate U; hence
/// integral Pr[seen = S] dt = Pr[S is ever the set of the C last pages] / U, and the miss ratio is the sum over S of
/// Pr[S ever] U = integral E[U^2 ; K = C]. By the same token integral E[U ; K = C] = 1, which measures the quadrature: as
/// U is at most one, mass that the miss integral lacks is lacking there too.
/// The integrand in x = ln t is analytic and falls off at both ends, where the trapezoidal rule converges exponentially
/// (L. N. Trefethen, J. A. C. Weideman, SIAM Review 56(3), 2014).
/// </remarks>
public static class LruExact
{
    /// <summary>Of the normalisation, and so about of the miss ratio, relative to it.</summary>
    private const double Tolerance = 1e-11;
    private const double Negligible = 1e-17;
    private const int MostHalvings = 6;

    public static double MissRatio(ReadOnlySpan<double> probabilities, int capacity)
    {
        double[] pages = Popularity.Referenced(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (capacity == 0 || capacity >= pages.Length)
            return capacity == 0 ? 1 : 0;

        double centre = Math.Log(CharacteristicTime.OfLru(pages, capacity));
        // Half the width does for a bell-shaped integrand; halving on is for the lopsided ones.
        double step = SpreadOfLogTime(pages, Math.Exp(centre)) / 2;
        var programme = new UnseenMass(pages, capacity);
        var sum = new TrapezoidalSum(programme);
        sum.AddFrom(centre, step);
        for (int halving = 0; !(Math.Abs(sum.Normalisation * step - 1) <= Tolerance); halving++)
        {
            if (halving == MostHalvings)
                throw new ArithmeticException($"{capacity} of {pages.Length} pages: no convergence ({sum.Normalisation * step:R}).");
            sum.AddFrom(centre + step / 2, step);
            step /= 2;
        }
        return sum.Miss * step;
    }

    /// <summary>sd[K] / (d E[K] / d ln t) at t: about the width of the integrand over ln t.</summary>
    private static double SpreadOfLogTime(double[] pages, double time)
    {
        double variance = 0, slope = 0;
        foreach (double p in pages)
        {
            double unseen = Math.Exp(-p * time);
            variance += unseen * (1 - unseen);
            slope += p * time * unseen;
        }
        return Math.Min(1, Math.Sqrt(variance) / slope);
    }

    /// <summary>Sums of t E[U^2 ; K = C] and t E[U ; K = C] over a grid in ln t, walked from its middle until nothing is added.</summary>
    private sealed class TrapezoidalSum(UnseenMass programme)
    {
        private double _largest;

        public double Miss { get; private set; }

        public double Normalisation { get; private set; }

        public void AddFrom(double start, double step)
        {
            for (double x = start; Add(x); x += step) ;
            for (double x = start - step; Add(x); x -= step) ;
        }

        private bool Add(double logTime)
        {
            double time = Math.Exp(logTime);
            (double first, double second) = programme.MomentsAt(time);
            Miss += time * second;
            Normalisation += time * first;
            _largest = Math.Max(_largest, time * first);
            return time * first > Negligible * _largest;
        }
    }
}
