using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// The probability mass U of the pages not seen within a time t, on the event that exactly C were: E[U ; K = C] and
/// E[U^2 ; K = C]. One programme carries Pr[K = k], E[U ; K = k] and E[U^2 ; K = k] from page to page,
/// <code>
/// seen with 1 - e^(-p t):    k - 1 -> k, U stays
/// not seen with e^(-p t):    k stays, U -> U + p
/// </code>
/// with positive terms only, in O(N C).
/// </summary>
internal sealed class UnseenMass(double[] pages, int capacity)
{
    private readonly double[] _zeroth = new double[capacity + 1];
    private readonly double[] _first = new double[capacity + 1];
    private readonly double[] _second = new double[capacity + 1];

    public (double First, double Second) MomentsAt(double time)
    {
        double[] zeroth = _zeroth, first = _first, second = _second;
        Array.Clear(zeroth);
        Array.Clear(first);
        Array.Clear(second);
        zeroth[0] = 1;

        for (int page = 0; page < pages.Length; page++)
        {
            double p = pages[page], unseen = Math.Exp(-p * time), seen = Seen(p * time);
            // Counts from which the pages to come cannot reach C any more do not matter.
            int lowest = Math.Max(1, capacity - (pages.Length - 1 - page));
            for (int k = Math.Min(page + 1, capacity); k >= lowest; k--)
            {
                second[k] = unseen * (second[k] + p * (2 * first[k] + p * zeroth[k])) + seen * second[k - 1];
                first[k] = unseen * (first[k] + p * zeroth[k]) + seen * first[k - 1];
                zeroth[k] = unseen * zeroth[k] + seen * zeroth[k - 1];
            }
            if (capacity - (pages.Length - 1 - page) <= 0)
            {
                second[0] = unseen * (second[0] + p * (2 * first[0] + p * zeroth[0]));
                first[0] = unseen * (first[0] + p * zeroth[0]);
                zeroth[0] *= unseen;
            }
        }
        return (first[capacity], second[capacity]);
    }

    /// <summary>
    /// 1 - e^(-x) to the last digit, also for a page that is hardly ever seen: below one by the hyperbolic sine. (Math.NET's
    /// Expm1 is off by 5e-8 of its value at -0.05, which the normalisation in <see cref="LruExact"/> shows.)
    /// </summary>
    private static double Seen(double x) => x < 1 ? 2 * Math.Sinh(x / 2) * Math.Exp(-x / 2) : 1 - Math.Exp(-x);
}
